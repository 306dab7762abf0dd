/** What the generator can have a server do. */
@NullMarked
package dev.pawl.load.cases;

import org.jspecify.annotations.NullMarked;
