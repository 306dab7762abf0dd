/** The checkpoint protocol, and the seam to whatever keeps its entries. */
@NullMarked
package dev.pawl.model.checkpoint;

import org.jspecify.annotations.NullMarked;
