/** Reading OpenAPI 2.0, 3.0 and 3.1 documents as trees, with local references followed. */
@NullMarked
package dev.pawl.sandbox.document;

import org.jspecify.annotations.NullMarked;
