/** Claims, for code of one's own: whatever it makes is made once, whoever else asks for it. */
@NullMarked
package dev.pawl.client;

import org.jspecify.annotations.NullMarked;
