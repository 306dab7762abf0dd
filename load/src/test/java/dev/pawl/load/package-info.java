@NullMarked
package dev.pawl.load;

import org.jspecify.annotations.NullMarked;
