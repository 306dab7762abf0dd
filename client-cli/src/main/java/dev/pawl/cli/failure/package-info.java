/** What can go wrong, as exit code, error document and sentence. */
@NullMarked
package dev.pawl.cli.failure;

import org.jspecify.annotations.NullMarked;
