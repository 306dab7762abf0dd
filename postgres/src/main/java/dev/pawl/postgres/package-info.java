/**
 * A real PostgreSQL as a supervised child process: unprivileged, durable, and gone when its parent
 * is.
 */
@NullMarked
package dev.pawl.postgres;

import org.jspecify.annotations.NullMarked;
