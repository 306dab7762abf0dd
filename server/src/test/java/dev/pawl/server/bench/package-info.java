/** What a run costs by its size, measured on a real server; started by {@code bench/scale}. */
@NullMarked
package dev.pawl.server.bench;

import org.jspecify.annotations.NullMarked;
