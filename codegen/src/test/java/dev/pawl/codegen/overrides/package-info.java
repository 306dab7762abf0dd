@NullMarked
package dev.pawl.codegen.overrides;

import org.jspecify.annotations.NullMarked;
