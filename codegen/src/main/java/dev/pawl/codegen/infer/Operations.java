package dev.pawl.codegen.infer;

import dev.pawl.codegen.document.ApiOperation;
import dev.pawl.codegen.document.PathTemplate;
import dev.pawl.codegen.document.Schema;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Tells an answer that is an operation (a job, a task) from the thing that it is about: an
 * operation's id is never the thing's.
 */
final class Operations {
  private static final Set<String> THINGS =
      Set.of("operation", "job", "task", "action", "async_operation", "asynchronous_operation");
  private static final Set<String> PROGRESS =
      Set.of(
          "progress", "percentcomplete", "percentage", "progresspercentage", "estimatedduration");
  private static final List<String> REFERENCES =
      List.of("resourceid", "targetid", "entityid", "resourceuuid", "objectid");

  private final List<Known> known = new ArrayList<>();

  /** An operation that can be read, and where. */
  record Known(String key, ApiOperation get, Schema answer) {}

  Operations(PathIndex index) {
    for (String key : index.itemKeys()) {
      String parent = PathTemplate.parent(key);
      boolean named =
          !parent.isEmpty()
              && THINGS.contains(Words.singularSnake(new PathTemplate(parent).lastSegment()));
      Optional<ApiOperation> get = index.find("GET", key).filter(o -> named);
      get.flatMap(ApiOperation::answer).ifPresent(a -> known.add(new Known(key, get.get(), a)));
    }
  }

  /** Those that can be read. */
  List<Known> known() {
    return known;
  }

  /**
   * Why something is an operation; empty where it is not known to be one.
   *
   * @param answered a create's answer, or an object in it
   * @param reads what reading the thing answers
   * @param itemKey where the thing is
   */
  Optional<String> why(Schema answered, List<View> reads, String itemKey) {
    boolean isThing =
        reads.stream().anyMatch(r -> Similarity.of(r.schema(), answered) >= Similarity.SAME);
    if (isThing) {
      return Optional.empty();
    }
    Map<String, Schema> fields = answered.properties();
    boolean done = fields.containsKey("done") && fields.get("done").types().contains("boolean");
    if (done && (fields.containsKey("response") || fields.containsKey("error"))) {
      return Optional.of("it has 'done' and what came of it");
    }
    for (Known one : known) {
      if (!one.key().equals(itemKey) && is(answered, one.answer())) {
        return Optional.of("it is what " + one.key() + " answers");
      }
    }
    boolean progresses =
        fields.keySet().stream().anyMatch(f -> PROGRESS.contains(Words.plain(f)))
            && fields.containsKey("status");
    boolean read = reads.stream().anyMatch(r -> r.fields().containsKey("status"));
    return progresses && !read && !reads.isEmpty()
        ? Optional.of("it has a status and progress that the thing has not")
        : Optional.empty();
  }

  static boolean is(Schema answered, Schema operation) {
    return View.of(operation).stream()
        .anyMatch(v -> Similarity.of(v.schema(), answered) >= Similarity.SAME);
  }

  /** The field in an operation that says which thing it is about. */
  static Optional<KeyFinder.Key> reference(Schema operation, String thing) {
    String plain = Words.plain(thing);
    for (String field : operation.properties().keySet()) {
      String name = Words.plain(field);
      boolean ofThing =
          name.matches(".+(id|uuid|guid)") && !plain.isEmpty() && name.startsWith(plain);
      if ((ofThing || REFERENCES.contains(name)) && operation.properties().get(field).isKeyLike()) {
        return Optional.of(
            new KeyFinder.Key(field, 78, "the operation that is answered says what it is about"));
      }
    }
    return Optional.empty();
  }
}
