/** Folders that nothing leads out of. */
@NullMarked
package dev.pawl.model.workspace;

import org.jspecify.annotations.NullMarked;
