package dev.pawl.server.store.postgres.query;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.jooq.Field;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;

/** The only clock of what is stored. */
public final class DatabaseTime {
  /** When the statement's transaction began. */
  public static final Field<Instant> NOW = DSL.field("now()", SQLDataType.INSTANT);

  private DatabaseTime() {}

  public static Field<Instant> in(Duration fromNow) {
    return DSL.field(
        "now() + {0} * interval '1 microsecond'",
        SQLDataType.INSTANT, DSL.val(TimeUnit.MICROSECONDS.convert(fromNow)));
  }

  public static Field<Instant> ago(Duration beforeNow) {
    return in(beforeNow.negated());
  }
}
