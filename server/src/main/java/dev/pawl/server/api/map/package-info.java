/** Messages to nouns and back: one mapper per message family. */
@NullMarked
package dev.pawl.server.api.map;

import org.jspecify.annotations.NullMarked;
