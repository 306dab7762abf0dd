/** Joins the rooms. */
@NullMarked
package dev.pawl.server.wiring;

import org.jspecify.annotations.NullMarked;
