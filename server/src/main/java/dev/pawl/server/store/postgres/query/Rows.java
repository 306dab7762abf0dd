package dev.pawl.server.store.postgres.query;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.pawl.model.Json;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a statement as one parameter, for {@code json_to_recordset}: PostgreSQL sets up each
 * array of an {@code unnest} by itself, which for a few rows takes longer than reading them.
 */
final class Rows {
  private final StringWriter text = new StringWriter();
  private final JsonGenerator out;

  Rows() {
    try {
      out = Json.mapper().getFactory().createGenerator(text);
      out.writeStartArray();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A piece of writing. */
  private interface Writing {
    void run() throws IOException;
  }

  private Rows write(Writing writing) {
    try {
      writing.run();
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Rows begin() {
    return write(out::writeStartObject);
  }

  Rows end() {
    return write(out::writeEndObject);
  }

  /** A column of any kind of text, or of JSON as its text; null is left out. */
  Rows put(String column, @Nullable String value) {
    return value == null ? this : write(() -> out.writeStringField(column, Values.mended(value)));
  }

  Rows put(String column, long value) {
    return write(() -> out.writeNumberField(column, value));
  }

  Rows put(String column, boolean value) {
    return write(() -> out.writeBooleanField(column, value));
  }

  void bind(PreparedStatement statement, int parameter) throws SQLException {
    write(
        () -> {
          out.writeEndArray();
          out.close();
        });
    statement.setObject(parameter, text.toString(), Types.OTHER);
  }
}
