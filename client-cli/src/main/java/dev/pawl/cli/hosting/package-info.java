/** What the command line needs of a server it hosts itself. */
@NullMarked
package dev.pawl.cli.hosting;

import org.jspecify.annotations.NullMarked;
