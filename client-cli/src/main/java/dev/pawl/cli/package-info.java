/** The command line: where it starts and what it takes from its process. */
@NullMarked
package dev.pawl.cli;

import org.jspecify.annotations.NullMarked;
