package dev.pawl.sandbox.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pawl.sandbox.document.JsonText;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Every request in the order of its arrival; the oldest are dropped beyond {@link #MAX_ENTRIES}.
 */
final class RequestLog {
  static final int MAX_ENTRIES = 100_000;

  private final ReentrantLock lock = new ReentrantLock();
  private final Deque<Entry> entries = new ArrayDeque<>();
  private long dropped;

  /** A request; its status is 0 until an answer is decided, and stays 0 when none is. */
  static final class Entry {
    private final String method;
    private final String path;
    private final @Nullable String query;
    private final JsonNode body;
    private final Map<String, String> headers;
    private volatile int status;

    Entry(
        String method,
        String path,
        @Nullable String query,
        JsonNode body,
        Map<String, String> headers) {
      this.method = method;
      this.path = path;
      this.query = query;
      this.body = body;
      this.headers = Map.copyOf(headers);
    }

    void answered(int decided) {
      status = decided;
    }

    private ObjectNode toJson() {
      ObjectNode json = JsonText.object();
      json.put("method", method).put("path", path).put("query", query).put("status", status);
      json.set("body", body.isMissingNode() ? JsonNodeFactory.instance.nullNode() : body);
      ObjectNode fields = json.putObject("headers");
      headers.entrySet().stream()
          .sorted(Map.Entry.comparingByKey())
          .forEach(header -> fields.put(header.getKey(), header.getValue()));
      return json;
    }
  }

  void add(Entry entry) {
    lock.lock();
    try {
      entries.addLast(entry);
      if (entries.size() > MAX_ENTRIES) {
        entries.removeFirst();
        dropped++;
      }
    } finally {
      lock.unlock();
    }
  }

  ArrayNode toJson() {
    ArrayNode json = JsonNodeFactory.instance.arrayNode();
    snapshot().forEach(entry -> json.add(entry.toJson()));
    return json;
  }

  private List<Entry> snapshot() {
    lock.lock();
    try {
      return List.copyOf(entries);
    } finally {
      lock.unlock();
    }
  }

  /** How many of the oldest are gone. */
  long dropped() {
    lock.lock();
    try {
      return dropped;
    } finally {
      lock.unlock();
    }
  }
}
