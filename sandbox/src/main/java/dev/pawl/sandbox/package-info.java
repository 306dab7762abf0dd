/** A stateful simulator of an HTTP API, answering from the API's OpenAPI document. */
@NullMarked
package dev.pawl.sandbox;

import org.jspecify.annotations.NullMarked;
