package dev.pawl.server.store.postgres;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pawl.model.Json;
import dev.pawl.server.run.RunRecord;
import dev.pawl.server.run.StepOverride;
import dev.pawl.server.store.postgres.query.AuditStatements;
import dev.pawl.server.store.postgres.query.OverrideStatements;
import dev.pawl.server.store.postgres.query.RunStatements;
import java.util.Optional;

/** What people decide about an ended run, with its line in the audit. */
final class DecideEnded {
  private final Database database;

  DecideEnded(Database database) {
    this.database = database;
  }

  Optional<RunRecord> archive(RunRecord read, String requester) {
    return database.transaction(
        sql -> {
          Optional<RunRecord> archived = RunStatements.archive(sql, read);
          if (archived.isPresent()) {
            ObjectNode detail = Json.object().put("status", read.status().name());
            AuditStatements.append(
                sql, read.key(), requester, "RUN_ARCHIVED", subject(read), detail);
          }
          return archived;
        });
  }

  boolean override(RunRecord read, StepOverride said) {
    return database.transaction(
        sql -> {
          if (!RunStatements.lockEnded(sql, read)) {
            return false;
          }
          OverrideStatements.put(sql, read.key(), said);
          ObjectNode detail = Json.object().put("step", said.key().stepId());
          detail.put("iteration", said.key().iteration()).put("attempt", said.attempt());
          detail.put("reason", said.reason()).set("output", said.output());
          AuditStatements.append(
              sql, read.key(), said.requester(), "STEP_SKIPPED", subject(read), detail);
          return true;
        });
  }

  private static String subject(RunRecord run) {
    return "run " + run.key().runId();
  }
}
