/** A run as it happens. */
@NullMarked
package dev.pawl.cli.progress;

import org.jspecify.annotations.NullMarked;
