/** The store on PostgreSQL: its connections, and one class per verb that writes. */
@NullMarked
package dev.pawl.server.store.postgres;

import org.jspecify.annotations.NullMarked;
