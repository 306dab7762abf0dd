package dev.pawl.server.store.postgres.query;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The rows of a statement, as one array for each column. */
final class Arrays {
  private final List<Column> columns;

  private static final class Column {
    private final String type;
    private final List<@Nullable Object> values = new ArrayList<>();

    Column(String type) {
      this.type = type;
    }
  }

  /**
   * @param types of the columns, as PostgreSQL calls them
   */
  Arrays(String... types) {
    this.columns = java.util.Arrays.stream(types).map(Column::new).toList();
  }

  /** Adds a row: a value for each column. */
  void add(@Nullable Object... row) {
    if (row.length != columns.size()) {
      throw new IllegalArgumentException(row.length + " values for " + columns.size() + " columns");
    }
    for (int i = 0; i < row.length; i++) {
      columns.get(i).values.add(row[i]);
    }
  }

  /**
   * Sets the parameters from the given one on.
   *
   * @return the parameter after them
   */
  int bind(PreparedStatement statement, int first) throws SQLException {
    Connection connection = statement.getConnection();
    int at = first;
    for (Column column : columns) {
      Object[] values =
          switch (column.type) {
            case "text" -> column.values.toArray(new String[0]);
            case "int8" -> column.values.toArray(new Long[0]);
            case "int4" -> column.values.toArray(new Integer[0]);
            case "bool" -> column.values.toArray(new Boolean[0]);
            default -> throw new IllegalArgumentException(column.type);
          };
      statement.setArray(at++, connection.createArrayOf(column.type, values));
    }
    return at;
  }
}
