/** Kills the create protocol everywhere, and checks what the world then holds. */
@NullMarked
package dev.pawl.campaign;

import org.jspecify.annotations.NullMarked;
