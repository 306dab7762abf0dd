package dev.pawl.schema;

import static dev.pawl.schema.Tables.DEFINITION;
import static dev.pawl.schema.Tables.EXECUTOR;
import static dev.pawl.schema.Tables.INSTALLATION;
import static dev.pawl.schema.Tables.LOG_LINE;
import static dev.pawl.schema.Tables.RESOURCE;
import static dev.pawl.schema.Tables.RUN;
import static dev.pawl.schema.Tables.RUN_EVENT;
import static dev.pawl.schema.Tables.STEP_EXECUTION;
import static dev.pawl.schema.Tables.WORKFLOW;
import static dev.pawl.schema.Tables.WORKFLOW_VERSION;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pawl.postgres.EmbeddedPostgres;
import dev.pawl.postgres.PostgresOptions;
import dev.pawl.schema.tables.records.ResourceRecord;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.flywaydb.core.Flyway;
import org.jooq.DSLContext;
import org.jooq.JSONB;
import org.jooq.SQLDialect;
import org.jooq.Table;
import org.jooq.exception.IntegrityConstraintViolationException;
import org.jooq.impl.DSL;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.ds.PGSimpleDataSource;

class MigrationsTest {
  @TempDir static Path temp;
  static EmbeddedPostgres pg;

  PGSimpleDataSource database;
  DSLContext sql;

  @BeforeAll
  static void start() {
    pg = EmbeddedPostgres.start(PostgresOptions.in(temp.resolve("data")));
  }

  @AfterAll
  static void stop() {
    pg.close();
  }

  @BeforeEach
  void emptyDatabase() {
    database = new PGSimpleDataSource();
    database.setUrl(pg.jdbcUrl());
    database.setUser(pg.user());
    database.setPassword(pg.password());
    sql = DSL.using(database, SQLDialect.POSTGRES);
    sql.execute("drop schema public cascade");
    sql.execute("create schema public");
  }

  @Test
  void everyGeneratedTableIsThereAndApplyingAgainChangesNothing() {
    Migrations.apply(database);
    var installation = sql.fetchSingle(INSTALLATION).getInstallationId();

    Migrations.apply(database);

    assertThat(sql.fetchSingle(INSTALLATION).getInstallationId()).isEqualTo(installation);
    for (Table<?> table : DefaultSchema.DEFAULT_SCHEMA.getTables()) {
      assertThat(sql.fetchCount(table)).as(table.getName()).isNotNegative();
    }
  }

  @Test
  void theNamespaceLeadsEveryKeyButTheExecutorsAndOurOwn() {
    for (Table<?> table : DefaultSchema.DEFAULT_SCHEMA.getTables()) {
      if (!table.equals(EXECUTOR) && !table.equals(INSTALLATION)) {
        assertThat(table.getPrimaryKey().getFields().get(0).getName())
            .as(table.getName())
            .isEqualTo("namespace");
      }
    }
  }

  @Test
  void aSchemaNewerThanThisBinaryIsRefused() {
    Migrations.apply(database);
    sql.execute(
        "insert into flyway_schema_history (installed_rank, version, description, type, script,"
            + " checksum, installed_by, execution_time, success)"
            + " values (99, '999', 'later', 'SQL', 'V999__later.sql', 1, 'test', 1, true)");

    assertThatThrownBy(() -> Migrations.apply(database))
        .isInstanceOf(SchemaException.class)
        .hasMessageContaining("is at version 999")
        .hasMessageContaining("run a newer Pawl");
  }

  @Test
  void aWorkflowOfTheFirstSchemaBecomesAReadableVersion() {
    Flyway.configure().dataSource(database).target("1").load().migrate();
    sql.execute(
        "insert into workflow (namespace, name, version, definition, definition_sha)"
            + " values ('default', 'web-tier', 7, 'the text', 'sha')");

    Migrations.apply(database);

    var kept = sql.fetchSingle(WORKFLOW_VERSION);
    assertThat(kept.getName()).isEqualTo("web-tier");
    assertThat(kept.getVersion()).isEqualTo(7);
    assertThat(kept.getDefinition()).isEqualTo("the text");
    assertThat(sql.fetchSingle(WORKFLOW).getVersion()).isEqualTo(7);
  }

  @Test
  void definitionsOfRunsAreKeptOnceForEachNamespace() {
    Flyway.configure().dataSource(database).target("11").load().migrate();
    for (String run :
        List.of("default r1 steps", "default r2 steps", "default r3 más", "b r4 steps")) {
      String[] of = run.split(" ");
      sql.execute(
          "insert into run (namespace, run_id, workflow_name, definition, definition_sha, status)"
              + " values (?, ?, 'w', ?, 'canonical', 'QUEUED')",
          of[0],
          of[1],
          of[2]);
    }

    Migrations.apply(database);

    assertThat(sql.fetchCount(DEFINITION)).isEqualTo(3);
    assertThat(
            sql.select(RUN.RUN_ID, DEFINITION.TEXT)
                .from(RUN)
                .join(DEFINITION)
                .on(DEFINITION.NAMESPACE.eq(RUN.NAMESPACE), DEFINITION.SHA.eq(RUN.DEFINITION_SHA))
                .fetchMap(RUN.RUN_ID, DEFINITION.TEXT))
        .isEqualTo(Map.of("r1", "steps", "r2", "steps", "r3", "más", "r4", "steps"));
    assertThat(sql.fetchValues(DEFINITION.SHA))
        .contains("5abe317bcd483e94dfa81fc1e58f76744f863152d34fa3aff59662e2e677cb54");
  }

  @Test
  void historyOfBeforeThePartitionsIsKeptRowByRow() {
    Flyway.configure().dataSource(database).target("10").load().migrate();
    for (String id : List.of("01jabcdefg0000", "zzz-of-no-time")) {
      sql.execute(
          "insert into run_event (namespace, run_id, sequence, kind, payload)"
              + " select 'default', ?, n, 'STEP', '{\"n\": 1}' from generate_series(1, 100) n",
          id);
      sql.execute(
          "insert into step_execution"
              + " (namespace, run_id, attempt, step_id, ordinal, model_type, method)"
              + " values ('default', ?, 1, 'a', 0, 'core/assert', 'check')",
          id);
      sql.execute(
          "insert into log_line (namespace, run_id, generation, number, sequence, at, attempt,"
              + " step_id, level, message) values ('default', ?, 1, 1, 7, now(), 1, 'a', 'INFO',"
              + " 'x')",
          id);
    }

    Migrations.apply(database, SqlProfile.POSTGRESQL);

    assertThat(sql.fetchCount(RUN_EVENT)).isEqualTo(200);
    assertThat(sql.fetchCount(STEP_EXECUTION)).isEqualTo(2);
    assertThat(sql.fetchCount(LOG_LINE)).isEqualTo(2);
    assertThat(
            sql.fetch("select distinct tableoid::regclass::text from run_event order by 1")
                .getValues(0))
        .hasToString("[run_event_p0, run_event_p_rest]");
    assertThatThrownBy(
            () ->
                sql.execute(
                    "insert into run_event (namespace, run_id, sequence, kind)"
                        + " values ('default', '01jabcdefg0000', 5, 'STEP')"))
        .hasMessageContaining("run_event_p0_pkey");
  }

  @Test
  void aDatabaseStaysInTheProfileItWasMadeIn() {
    Migrations.apply(database, SqlProfile.PORTABLE);
    Migrations.apply(database, SqlProfile.PORTABLE);
    assertThat(partitioned()).isZero();

    assertThatThrownBy(() -> Migrations.apply(database, SqlProfile.POSTGRESQL))
        .isInstanceOf(SchemaException.class)
        .hasMessageContaining("not made with the SQL profile postgresql")
        .hasMessageContaining("start with the other profile");

    emptyDatabase();
    Migrations.apply(database, SqlProfile.POSTGRESQL);
    assertThat(partitioned()).isEqualTo(3);
    assertThatThrownBy(() -> Migrations.apply(database, SqlProfile.PORTABLE))
        .isInstanceOf(SchemaException.class)
        .hasMessageContaining("not made with the SQL profile portable");
  }

  private int partitioned() {
    return sql.fetchSingle("select count(*)::int from pg_partitioned_table").get(0, Integer.class);
  }

  @Test
  void anObjectHasOneOwnerAcrossNamespaces() {
    Migrations.apply(database);
    present("a", "droplet-7").insert();

    assertThatThrownBy(() -> present("b", "droplet-7").insert())
        .isInstanceOf(IntegrityConstraintViolationException.class)
        .hasMessageContaining("resource_owns_external_id");
  }

  @Test
  void createsOfOneNaturalKeyAreSerialised() {
    Migrations.apply(database);
    claimed("a").insert();

    assertThatThrownBy(() -> claimed("b").insert())
        .isInstanceOf(IntegrityConstraintViolationException.class)
        .hasMessageContaining("resource_open_natural_key");
  }

  @Test
  void aClaimHasAHolderAndARunningRunAnOwner() {
    Migrations.apply(database);
    ResourceRecord nobodys = claimed("a").setHolder(null);

    assertThatThrownBy(nobodys::insert).hasMessageContaining("resource_claim_is_whole");
    assertThatThrownBy(
            () ->
                sql.insertInto(RUN)
                    .set(RUN.NAMESPACE, "default")
                    .set(RUN.RUN_ID, "r1")
                    .set(RUN.WORKFLOW_NAME, "w")
                    .set(RUN.DEFINITION_SHA, "")
                    .set(RUN.STATUS, "RUNNING")
                    .execute())
        .hasMessageContaining("run_running_is_owned");
  }

  private ResourceRecord present(String namespace, String externalId) {
    return sql.newRecord(RESOURCE)
        .setNamespace(namespace)
        .setModelType("digitalocean/droplet")
        .setInstance("web-1")
        .setOutputSpec("state")
        .setState("PRESENT")
        .setAccount("acme")
        .setExternalId(externalId)
        .setLastData(JSONB.valueOf("{}"))
        .setVersion(1L)
        .setPresentSince(Instant.EPOCH);
  }

  private ResourceRecord claimed(String namespace) {
    return sql.newRecord(RESOURCE)
        .setNamespace(namespace)
        .setModelType("digitalocean/droplet")
        .setInstance("web-1")
        .setOutputSpec("state")
        .setState("CLAIMED")
        .setClaimAccount("acme")
        .setNaturalKey("name=web-1")
        .setClaimMode("CREATE")
        .setClaimedFrom("ABSENT")
        .setHolder("me")
        .setQuarantineUntil(Instant.EPOCH)
        .setLeaseUntil(Instant.EPOCH);
  }
}
