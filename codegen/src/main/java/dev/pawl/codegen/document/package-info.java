/** Reads an OpenAPI document of any version into one small view of operations and schemas. */
@NullMarked
package dev.pawl.codegen.document;

import org.jspecify.annotations.NullMarked;
