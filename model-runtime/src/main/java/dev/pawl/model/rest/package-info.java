/**
 * Models of resources behind an HTTP API: descriptions that codegen fills, and the verbs on them.
 */
@NullMarked
package dev.pawl.model.rest;

import org.jspecify.annotations.NullMarked;
