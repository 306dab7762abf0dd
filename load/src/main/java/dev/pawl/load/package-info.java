/** Drives a server through its API from a process of its own, and measures what that costs. */
@NullMarked
package dev.pawl.load;

import org.jspecify.annotations.NullMarked;
