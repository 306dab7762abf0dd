/** {@code core/file}: files of the run's workspace. */
@NullMarked
package dev.pawl.core.file;

import org.jspecify.annotations.NullMarked;
