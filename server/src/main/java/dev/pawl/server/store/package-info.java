/** What must be durable, and what each write means for recovery. */
@NullMarked
package dev.pawl.server.store;

import org.jspecify.annotations.NullMarked;
