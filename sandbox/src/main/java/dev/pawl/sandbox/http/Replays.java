package dev.pawl.sandbox.http;

import dev.pawl.sandbox.answer.ApiAnswer;
import dev.pawl.sandbox.document.Operation;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Gives a POST that is repeated under one token its first answer again, where the document declares
 * a header for it. Kept in memory: a sandbox that is started anew has forgotten them.
 */
public final class Replays {
  /** Answers beyond this number, the oldest first, are forgotten. */
  static final int MAX_ANSWERS = 100_000;

  private static final Pattern TOKEN =
      Pattern.compile("(x-)?(idempot(ency|ent)|request|client)-?(key|token)");

  private final Set<String> honoured;
  private final ReentrantLock lock = new ReentrantLock();
  private final Map<String, ApiAnswer> answers =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, ApiAnswer> eldest) {
          return size() > MAX_ANSWERS;
        }
      };

  /**
   * @param headers that are honoured whatever the document declares
   */
  public Replays(Set<String> headers) {
    this.honoured =
        headers.stream()
            .map(h -> h.toLowerCase(Locale.ROOT))
            .collect(Collectors.toUnmodifiableSet());
  }

  /** The first answer under the request's token, or a new one. */
  ApiAnswer answer(
      Operation operation, String path, Map<String, String> headers, Supplier<ApiAnswer> perform) {
    String token = operation.method().equals("POST") ? token(operation, headers) : null;
    if (token == null) {
      return perform.get();
    }
    lock.lock();
    try {
      String key = path + " " + token;
      ApiAnswer known = answers.get(key);
      if (known == null) {
        known = perform.get();
        answers.put(key, known);
      }
      return known;
    } finally {
      lock.unlock();
    }
  }

  private @Nullable String token(Operation operation, Map<String, String> headers) {
    return headers.entrySet().stream()
        .filter(h -> honoured.contains(h.getKey()) || declares(operation, h.getKey()))
        .map(Map.Entry::getValue)
        .findFirst()
        .orElse(null);
  }

  private static boolean declares(Operation operation, String header) {
    return TOKEN.matcher(header).matches()
        && operation.parameters().stream()
            .anyMatch(p -> p.in().equals("header") && p.name().equalsIgnoreCase(header));
  }
}
