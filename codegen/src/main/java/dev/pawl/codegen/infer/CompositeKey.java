package dev.pawl.codegen.infer;

import dev.pawl.codegen.document.Schema;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Finds in an answer what fills all but the last of the parameters that name a thing. */
final class CompositeKey {
  private static final List<String> WITHIN =
      List.of("login", "slug", "name", "key", "username", "id");

  private CompositeKey() {}

  /** Parameter → pointer into the create's answer; empty where one is not found. */
  static Map<String, String> of(ItemPath item, Optional<AnswerKey.Found> answer) {
    Map<String, String> out = new LinkedHashMap<>();
    List<String> own = item.own();
    for (String parameter : own.subList(0, Math.max(0, own.size() - 1))) {
      Optional<String> pointer = answer.flatMap(a -> pointer(item, parameter, a.view()));
      if (pointer.isEmpty()) {
        return Map.of();
      }
      out.put(parameter, pointer.get());
    }
    return out;
  }

  private static Optional<String> pointer(ItemPath item, String parameter, View view) {
    Optional<String> name = named(parameter, view);
    Schema field = name.map(view.fields()::get).orElse(null);
    if (name.isEmpty() || field == null) {
      return Optional.empty();
    }
    String at = view.pointer() + Pointers.to(name.get());
    if (field.isKeyLike()) {
      return Optional.of(at);
    }
    boolean isText = item.schemaOf(parameter).filter(s -> s.types().contains("string")).isPresent();
    return WITHIN.stream()
        .filter(
            n -> {
              Schema within = field.properties().get(n);
              return within != null && !(isText && within.types().contains("integer"));
            })
        .findFirst()
        .map(n -> at + Pointers.to(n));
  }

  /** The field of a parameter's name, spelt the same if there is one. */
  private static Optional<String> named(String parameter, View view) {
    if (view.fields().containsKey(parameter)) {
      return Optional.of(parameter);
    }
    String plain = Words.plain(parameter);
    return plain.isEmpty()
        ? Optional.empty()
        : view.fields().keySet().stream()
            .sorted()
            .filter(f -> Words.plain(f).equals(plain))
            .findFirst();
  }
}
