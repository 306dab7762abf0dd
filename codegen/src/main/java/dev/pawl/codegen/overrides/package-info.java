/** The file beside a document that mends what inference cannot know. */
@NullMarked
package dev.pawl.codegen.overrides;

import org.jspecify.annotations.NullMarked;
