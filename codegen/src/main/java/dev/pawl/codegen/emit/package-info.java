/** From resources to Java classes and their data files; pure, touches no disk. */
@NullMarked
package dev.pawl.codegen.emit;

import org.jspecify.annotations.NullMarked;
