package dev.pawl.server.store.postgres.query;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pawl.model.Json;
import dev.pawl.server.run.Manifest;
import java.util.ArrayList;
import java.util.List;

/** Manifests as they are stored: {@code path}, and {@code mode}, {@code blobs} or {@code link}. */
final class ManifestJson {
  private ManifestJson() {}

  static JsonNode write(Manifest manifest) {
    ArrayNode out = Json.mapper().createArrayNode();
    manifest.entries().forEach(entry -> write(entry, out.addObject().put("path", entry.path())));
    return out;
  }

  private static void write(Manifest.Entry entry, ObjectNode out) {
    switch (entry) {
      case Manifest.Folder folder -> out.put("mode", folder.mode());
      case Manifest.File file -> {
        out.put("mode", file.mode()).put("size", file.size());
        ArrayNode blobs = out.putArray("blobs");
        file.blobs().forEach(blobs::add);
      }
      case Manifest.Link link -> out.put("link", link.target());
    }
  }

  static Manifest read(JsonNode stored) {
    List<Manifest.Entry> entries = new ArrayList<>();
    for (JsonNode entry : stored) {
      entries.add(entry(entry, entry.path("path").asText()));
    }
    return new Manifest(entries);
  }

  private static Manifest.Entry entry(JsonNode entry, String path) {
    if (entry.has("link")) {
      return new Manifest.Link(path, entry.path("link").asText());
    }
    int mode = entry.path("mode").asInt();
    if (!entry.has("blobs")) {
      return new Manifest.Folder(path, mode);
    }
    List<String> blobs = new ArrayList<>();
    entry.path("blobs").forEach(blob -> blobs.add(blob.asText()));
    return new Manifest.File(path, mode, entry.path("size").asLong(), blobs);
  }
}
