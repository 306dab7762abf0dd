/** {@code core/assert}: checks that a workflow makes of its own values. */
@NullMarked
package dev.pawl.core.assertion;

import org.jspecify.annotations.NullMarked;
