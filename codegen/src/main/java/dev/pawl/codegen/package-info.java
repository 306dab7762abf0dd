/** From an OpenAPI document to model classes: inference, emission, report. */
@NullMarked
package dev.pawl.codegen;

import org.jspecify.annotations.NullMarked;
