/**
 * Documents changed on purpose: what means the same must be understood alike, and nothing may
 * break.
 */
@NullMarked
package dev.pawl.codegen.mutate;

import org.jspecify.annotations.NullMarked;
