@NullMarked
package dev.pawl.codegen.document;

import org.jspecify.annotations.NullMarked;
