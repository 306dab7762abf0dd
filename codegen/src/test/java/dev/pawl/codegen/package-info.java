@NullMarked
package dev.pawl.codegen;

import org.jspecify.annotations.NullMarked;
