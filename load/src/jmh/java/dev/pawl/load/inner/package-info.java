/** Pieces of the server's inner loop, by themselves; started by {@code bench/inner}. */
@NullMarked
package dev.pawl.load.inner;

import org.jspecify.annotations.NullMarked;
