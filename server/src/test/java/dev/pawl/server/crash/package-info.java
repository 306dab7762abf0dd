/** Real server processes that die at a chosen durable write, and what is left of their runs. */
@NullMarked
package dev.pawl.server.crash;

import org.jspecify.annotations.NullMarked;
