/** What touches the world outside: files and jars. */
@NullMarked
package dev.pawl.codegen.output;

import org.jspecify.annotations.NullMarked;
