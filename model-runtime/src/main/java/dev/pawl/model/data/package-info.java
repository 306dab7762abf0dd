/** The create protocol's nouns, and the seam to whatever keeps them. */
@NullMarked
package dev.pawl.model.data;

import org.jspecify.annotations.NullMarked;
