@NullMarked
package dev.pawl.codegen.infer;

import org.jspecify.annotations.NullMarked;
