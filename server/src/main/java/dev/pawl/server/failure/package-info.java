/** Failures that know their wire code and reason. */
@NullMarked
package dev.pawl.server.failure;

import org.jspecify.annotations.NullMarked;
