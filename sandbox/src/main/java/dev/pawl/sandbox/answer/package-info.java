/** Turning a request and the document's schemas into a response body. */
@NullMarked
package dev.pawl.sandbox.answer;

import org.jspecify.annotations.NullMarked;
