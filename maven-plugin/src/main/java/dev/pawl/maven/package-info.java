/** Generates models in an extension's own Maven build; all but Maven's ways is codegen's. */
@NullMarked
package dev.pawl.maven;

import org.jspecify.annotations.NullMarked;
