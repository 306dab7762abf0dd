/** From a document to resources: one class per question asked of the document. */
@NullMarked
package dev.pawl.codegen.infer;

import org.jspecify.annotations.NullMarked;
