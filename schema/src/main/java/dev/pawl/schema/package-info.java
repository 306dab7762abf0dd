/** The tables: their migrations, and (generated at build) jOOQ's names for them. */
@NullMarked
package dev.pawl.schema;

import org.jspecify.annotations.NullMarked;
