/** One class per command; each says its options and reads as what it does. */
@NullMarked
package dev.pawl.cli.command;

import org.jspecify.annotations.NullMarked;
