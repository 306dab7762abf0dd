package dev.pawl.codegen.infer;

import dev.pawl.codegen.document.Schema;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A place in an answer where the resource may be.
 *
 * @param pointer from the answer to it
 * @param envelope the member it is in; empty for the whole answer
 * @param schema what is there
 * @param sole whether it is alone, or nearly, in what it is in, which then only wraps it
 */
record View(String pointer, String envelope, Schema schema, boolean sole) {
  private static final Set<String> WRAPPERS =
      Set.of("data", "result", "results", "response", "payload", "body", "d", "item");

  Map<String, Schema> fields() {
    return schema.properties();
  }

  /** The whole answer, every object in it, and every object inside a mere wrapper. */
  static List<View> of(Schema answer) {
    List<View> out = new ArrayList<>();
    if (answer.isArray()) {
      out.add(new View("/0", "", answer.items().orElse(answer), true));
      return out;
    }
    View root = new View("", "", answer, true);
    out.add(root);
    for (View inner : root.objects()) {
      out.add(inner);
      if (WRAPPERS.contains(inner.envelope())) {
        out.addAll(inner.objects());
      }
    }
    return out;
  }

  /**
   * The same for what reading one thing answers. Some documents say that it is an array; it counts
   * where there is nothing else.
   */
  static List<View> ofRead(Schema answer) {
    List<View> out = new ArrayList<>(of(answer));
    View root = out.get(0);
    boolean scalars = root.fields().values().stream().anyMatch(Schema::isKeyLike);
    if (out.size() == 1 && !scalars && !answer.isArray()) {
      root.fields()
          .forEach(
              (name, field) ->
                  field
                      .items()
                      .ifPresent(i -> out.add(new View(Pointers.to(name) + "/0", name, i, true))));
    }
    return out;
  }

  private List<View> objects() {
    List<View> out = new ArrayList<>();
    boolean alone = fields().size() <= 2;
    fields()
        .forEach(
            (name, field) -> {
              if (!field.isArray() && field.hasProperties()) {
                out.add(new View(pointer + "/" + Pointers.escape(name), name, field, alone));
              }
            });
    return out;
  }
}
