/** The issues' acceptance, with real processes: the command line, the server, the sandbox. */
@NullMarked
package dev.pawl.cli.e2e;

import org.jspecify.annotations.NullMarked;
