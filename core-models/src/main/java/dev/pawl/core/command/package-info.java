/** {@code core/command}: programs that the server's settings allow, without a shell. */
@NullMarked
package dev.pawl.core.command;

import org.jspecify.annotations.NullMarked;
