package dev.pawl.server.store.postgres;

import org.jooq.DSLContext;

/** What is done with a connection. */
@FunctionalInterface
interface Work<T> {
  T run(DSLContext sql);
}
