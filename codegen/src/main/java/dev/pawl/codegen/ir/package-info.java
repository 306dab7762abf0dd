/** What codegen understood of an API: resources, each inference with its reason and confidence. */
@NullMarked
package dev.pawl.codegen.ir;

import org.jspecify.annotations.NullMarked;
