/** Statements and how rows become nouns; transactions are opened above. */
@NullMarked
package dev.pawl.server.store.postgres.query;

import org.jspecify.annotations.NullMarked;
