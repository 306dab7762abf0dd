/** The road to a server. */
@NullMarked
package dev.pawl.cli.remote;

import org.jspecify.annotations.NullMarked;
