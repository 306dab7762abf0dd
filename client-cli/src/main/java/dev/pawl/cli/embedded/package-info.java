/** The embedded server: started by the first command, shared by all, gone with the last. */
@NullMarked
package dev.pawl.cli.embedded;

import org.jspecify.annotations.NullMarked;
