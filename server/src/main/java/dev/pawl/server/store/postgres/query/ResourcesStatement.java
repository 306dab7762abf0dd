package dev.pawl.server.store.postgres.query;

import static dev.pawl.schema.Tables.RESOURCE;

import dev.pawl.model.Json;
import dev.pawl.model.ResourceKey;
import dev.pawl.model.data.StoredResource;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;

/** Reads resources that many callers ask for, in one statement that is rendered once. */
public final class ResourcesStatement {
  private static final Field<Long> PLACE = DSL.field("k.n", Long.class);
  private static final List<Field<?>> FIELDS = fields();

  private static final String SQL =
      DSL.using(SQLDialect.POSTGRES).render(DSL.select(FIELDS))
          + """
           from json_to_recordset(?) as k(n int8, namespace text, model_type text, instance text,
            output_spec text)
          left join resource on resource.namespace = k.namespace
            and resource.model_type = k.model_type and resource.instance = k.instance
            and resource.output_spec = k.output_spec
          where k.n between 1 and 1000
          """;

  private final ResourceRow rows;

  public ResourcesStatement(ResourceRow rows) {
    this.rows = rows;
  }

  private static List<Field<?>> fields() {
    List<Field<?>> all = new ArrayList<>();
    all.add(PLACE);
    all.addAll(ResourceRow.FIELDS);
    return List.copyOf(all);
  }

  /** The rows in the order of the keys; what is not there is absent. */
  public List<StoredResource> read(Connection connection, List<ResourceKey> keys)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(SQL)) {
      Rows asked = new Rows();
      long n = 0;
      for (ResourceKey key : keys) {
        ResourceRow.add(asked.begin().put("n", ++n), key).end();
      }
      asked.bind(statement, 1);
      StoredResource[] found = new StoredResource[keys.size()];
      try (ResultSet result = statement.executeQuery()) {
        for (Record row : ResourceRow.records(connection, result, FIELDS)) {
          int place = (int) (row.get(PLACE) - 1);
          found[place] = resource(keys.get(place), row);
        }
      }
      return List.of(found);
    }
  }

  private StoredResource resource(ResourceKey key, Record row) {
    return row.get(RESOURCE.NAMESPACE) == null
        ? StoredResource.absent(key, Json.object(), row.get(DatabaseTime.NOW))
        : rows.read(row);
  }
}
