package dev.pawl.server.store.postgres.query;

import static dev.pawl.schema.Tables.RESOURCE;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pawl.model.Json;
import dev.pawl.model.data.Evidence;
import java.util.ArrayList;
import java.util.List;
import org.jooq.Field;
import org.jooq.JSONB;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;
import org.jspecify.annotations.Nullable;

/** What was learned about a row, as it is kept in the row: each with the time it was written. */
public final class EvidenceJson {
  private EvidenceJson() {}

  /** The row's evidence with one more. */
  static Field<JSONB> and(Evidence evidence) {
    return DSL.field(
        "{0} || {1}", SQLDataType.JSONB, RESOURCE.EVIDENCE, DSL.field("({0})", list(evidence)));
  }

  /** A list of one. */
  static Field<JSONB> list(Evidence evidence) {
    return DSL.field(
        "jsonb_build_array(jsonb_build_object('what', {0}, 'detail', {1}, 'at', now()))",
        SQLDataType.JSONB,
        DSL.val(evidence.what()).cast(SQLDataType.CLOB),
        DSL.val(Values.json(evidence.detail())));
  }

  static List<Evidence> read(@Nullable JSONB stored) {
    List<Evidence> out = new ArrayList<>();
    JsonNode list = Values.parse(stored);
    if (list != null) {
      for (JsonNode each : list) {
        ObjectNode detail = each.get("detail") instanceof ObjectNode o ? o : Json.object();
        out.add(new Evidence(each.path("what").asText(), detail));
      }
    }
    return out;
  }
}
