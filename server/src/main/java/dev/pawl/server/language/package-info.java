/**
 * The workflow file language: reading a file with the place of everything in it, checking it as a
 * whole, and evaluating its expressions.
 */
@NullMarked
package dev.pawl.server.language;

import org.jspecify.annotations.NullMarked;
