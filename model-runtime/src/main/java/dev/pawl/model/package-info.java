/** What generated model classes, and models written by hand, compile against. */
@NullMarked
package dev.pawl.model;

import org.jspecify.annotations.NullMarked;
