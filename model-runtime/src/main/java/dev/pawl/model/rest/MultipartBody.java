package dev.pawl.model.rest;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pawl.model.Failure;
import dev.pawl.model.Json;
import dev.pawl.model.MethodException;
import dev.pawl.model.Reason;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.Set;
import org.apache.hc.client5.http.entity.mime.HttpMultipartMode;
import org.apache.hc.client5.http.entity.mime.MultipartEntityBuilder;
import org.apache.hc.core5.http.ContentType;

/**
 * Arguments as a multipart/form-data body: the same bytes for the same arguments, so that a create
 * that is sent again under its token is the same request.
 */
final class MultipartBody {
  private static final ContentType TEXT =
      ContentType.TEXT_PLAIN.withCharset(StandardCharsets.UTF_8);

  private final JsonNode body;
  private final Set<String> files;

  /**
   * @param files the members that hold a file in Base64
   */
  MultipartBody(JsonNode body, Set<String> files) {
    this.body = body;
    this.files = Set.copyOf(files);
  }

  /** Depends on the content alone. */
  private String boundary() {
    return "pawl-" + Json.fingerprint(body).replaceAll("[^A-Za-z0-9]", "");
  }

  String contentType() {
    return "multipart/form-data; boundary=" + boundary();
  }

  byte[] bytes() throws MethodException {
    MultipartEntityBuilder out =
        MultipartEntityBuilder.create().setMode(HttpMultipartMode.EXTENDED).setBoundary(boundary());
    for (Map.Entry<String, JsonNode> member : body.properties()) {
      add(out, member.getKey(), member.getValue());
    }
    try (var entity = out.build();
        var bytes = new ByteArrayOutputStream()) {
      entity.writeTo(bytes);
      return bytes.toByteArray();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void add(MultipartEntityBuilder out, String name, JsonNode value) throws MethodException {
    if (value.isArray() && files.contains(name)) {
      for (JsonNode one : value) {
        file(out, name, one);
      }
    } else if (files.contains(name)) {
      file(out, name, value);
    } else if (value.isContainerNode()) {
      out.addTextBody(name, Json.write(value), ContentType.APPLICATION_JSON);
    } else if (!value.isNull()) {
      out.addTextBody(name, value.asText(), TEXT);
    }
  }

  private static void file(MultipartEntityBuilder out, String name, JsonNode value)
      throws MethodException {
    try {
      byte[] content = Base64.getDecoder().decode(value.asText());
      out.addBinaryBody(name, content, ContentType.APPLICATION_OCTET_STREAM, name);
    } catch (IllegalArgumentException e) {
      throw MethodException.notMade(
          Failure.of(
              Reason.INVALID_ARGUMENTS,
              "'" + name + "' must be a file's content in Base64: " + e.getMessage()));
    }
  }
}
