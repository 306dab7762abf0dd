package dev.pawl.server.store.postgres.query;

import dev.pawl.server.run.RunIds;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jooq.DSLContext;
import org.jooq.Name;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/** The partitions of the tables that runs append to, by ranges of run ids. */
public final class PartitionStatements {
  /** What runs append to. */
  public static final List<String> TABLES = List.of("step_execution", "run_event", "log_line");

  /** Where ids go that are of no partition's time. */
  static final String REST = "_p_rest";

  /** Who comes after us waits for as long as we do. */
  private static final String LOCK_TIMEOUT = "200ms";

  private static final Pattern RANGE =
      Pattern.compile("FOR VALUES FROM \\((?:'(\\w+)'|MINVALUE)\\) TO \\('(\\w+)'\\)");

  private static final DateTimeFormatter NAME =
      DateTimeFormatter.ofPattern("yyyyMMddHHmm").withZone(ZoneOffset.UTC);

  private PartitionStatements() {}

  /**
   * A partition.
   *
   * @param from the first id; empty for all that came before
   * @param end the first id after it; null for the rest, which has no bounds
   * @param to the time of {@code end}
   */
  public record Partition(
      String schema, String name, String from, @Nullable String end, @Nullable Instant to) {}

  public static Instant now(DSLContext sql) {
    return sql.select(DatabaseTime.NOW).fetchSingle().value1();
  }

  public static List<Partition> all(DSLContext sql, String table) {
    return sql.fetch(
            """
            select n.nspname, c.relname, pg_get_expr(c.relpartbound, c.oid)
            from pg_catalog.pg_inherits i
            join pg_catalog.pg_class c on c.oid = i.inhrelid
            join pg_catalog.pg_namespace n on n.oid = c.relnamespace
            where i.inhparent = to_regclass(?)
            order by c.relname
            """,
            table)
        .map(
            row ->
                partition(
                    row.get(0, String.class), row.get(1, String.class), row.get(2, String.class)));
  }

  private static Partition partition(String schema, String name, String bounds) {
    Matcher range = RANGE.matcher(bounds);
    if (!range.matches()) {
      return new Partition(schema, name, "", null, null);
    }
    String end = range.group(2);
    return new Partition(
        schema, name, Objects.requireNonNullElse(range.group(1), ""), end, RunIds.timeOf(end));
  }

  /** Until when there are partitions; empty where the table has none at all. */
  public static Optional<Instant> latest(DSLContext sql, String table) {
    return all(sql, table).stream()
        .map(Partition::to)
        .filter(Objects::nonNull)
        .max(Instant::compareTo);
  }

  /**
   * Whether text is ordered as ids are: by code, without a language's letters of two characters.
   */
  public static boolean ordersIdsByTime(DSLContext sql) {
    return sql.fetchSingle(
            """
            with letter as (select unnest(string_to_array(?, null)) as l),
            pair as (select a.l || b.l as p from letter a cross join letter b)
            select array_agg(p order by p) = array_agg(p order by p collate "C") from pair
            """,
            RunIds.ALPHABET)
        .get(0, Boolean.class);
  }

  /**
   * Holds off who would use the table, for the few milliseconds of what follows. Gives up soon
   * where somebody uses it for long: all others would wait behind us.
   */
  public static void lock(DSLContext sql, String table) {
    sql.execute("set local lock_timeout = '" + LOCK_TIMEOUT + "'");
    sql.execute("lock table only {0} in access exclusive mode", DSL.name(table));
  }

  /** Makes one, of rows that have come too early too. */
  public static void create(DSLContext sql, String table, Instant from, Instant to) {
    Partition rest =
        all(sql, table).stream().filter(p -> p.end() == null).findFirst().orElseThrow();
    Name made = DSL.name(rest.schema(), table + "_p" + NAME.format(from));
    Name parent = DSL.name(rest.schema(), table);
    String first = RunIds.prefix(from);
    String end = RunIds.prefix(to);
    sql.execute("create table {0} (like {1} including all)", made, parent);
    sql.execute(
        "with strays as (delete from {0} where run_id >= {1} and run_id < {2} returning *)"
            + " insert into {3} select * from strays",
        DSL.name(rest.schema(), rest.name()), DSL.inline(first), DSL.inline(end), made);
    sql.execute(
        "alter table {0} attach partition {1} for values from ({2}) to ({3})",
        parent, made, DSL.inline(first), DSL.inline(end));
    for (String said : StorageParameters.of(table)) {
      sql.execute("alter table {0} " + said, made);
    }
  }

  /** Whether a run of its time is still kept; by namespaces, as the key begins with them. */
  public static boolean hasRuns(DSLContext sql, Partition partition) {
    return sql.fetchSingle(
            PastRunStatements.NAMESPACES
                + """
                select exists (
                  select 1 from ns where exists (
                    select 1 from run r
                    where r.namespace = ns.namespace and r.run_id >= ? and r.run_id < ?))
                """,
            partition.from(),
            partition.end())
        .get(0, Boolean.class);
  }

  public static void drop(DSLContext sql, Partition partition) {
    sql.execute("drop table {0}", DSL.name(partition.schema(), partition.name()));
  }
}
