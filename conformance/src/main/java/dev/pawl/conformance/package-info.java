/** Proves models of an API against a simulator of the same document. */
@NullMarked
package dev.pawl.conformance;

import org.jspecify.annotations.NullMarked;
