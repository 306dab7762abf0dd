package dev.pawl.codegen.infer;

import dev.pawl.codegen.document.ApiOperation;
import dev.pawl.codegen.document.PathTemplate;
import dev.pawl.codegen.document.RequestBody;
import dev.pawl.codegen.document.Schema;
import dev.pawl.codegen.ir.Confidence;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What speaks for and against a POST making what an item path names. */
final class Evidence {
  private static final double SOME = 0.25;

  private final PathIndex index;
  private final ApiOperation post;
  private final ItemPath item;
  private final Optional<Schema> read;
  private final Optional<AnswerKey.Found> found;

  Evidence(
      PathIndex index,
      ApiOperation post,
      ItemPath item,
      Optional<Schema> read,
      Optional<AnswerKey.Found> found) {
    this.index = index;
    this.post = post;
    this.item = item;
    this.read = read;
    this.found = found;
  }

  String itemText() {
    return item.template().text();
  }

  /** Whether the answer is the thing that the collection belongs to. */
  boolean answersParent() {
    Optional<Schema> parent = parentAnswer();
    if (parent.isEmpty() || found.isEmpty()) {
      return false;
    }
    Schema answered = found.get().view().schema();
    boolean isItem = found.get().similarity() >= Similarity.SAME;
    return !isItem
        && View.of(parent.get()).stream()
            .anyMatch(v -> Similarity.of(v.schema(), answered) >= Similarity.SAME);
  }

  private Optional<Schema> parentAnswer() {
    String key = PathTemplate.parent(post.path().key());
    while (!key.isEmpty() && !new PathTemplate(key).endsInParameter()) {
      key = PathTemplate.parent(key);
    }
    return key.isEmpty() ? Optional.empty() : index.find("GET", key).flatMap(ApiOperation::answer);
  }

  /** Whether the key found is the made thing's. */
  boolean keyConvinces() {
    if (found.isEmpty()) {
      return false;
    }
    AnswerKey.Found f = found.get();
    if (read.filter(Schema::hasProperties).isEmpty()) {
      return f.key().score() >= 70;
    }
    return f.similarity() >= SOME || (f.keyInAnswer() && f.key().score() >= 70 && bodyFitsRead());
  }

  Confidence confidence() {
    boolean alike = found.filter(f -> f.similarity() >= Similarity.LIKELY).isPresent();
    boolean strong = found.filter(f -> f.key().score() >= 70 && f.keyInAnswer()).isPresent();
    return alike && strong && item.get().isPresent() ? Confidence.HIGH : Confidence.MEDIUM;
  }

  /** The argument that is the key, where the client chooses it. */
  Optional<String> requestKey() {
    Map<String, Schema> fields = new LinkedHashMap<>();
    post.parameters("query").forEach(p -> fields.put(p.name(), p.schema()));
    bodyFields()
        .forEach(
            (name, schema) -> {
              if (!schema.readOnly()) {
                fields.put(name, schema);
              }
            });
    fields.keySet().removeIf(n -> Words.plain(n).matches("id|uuid|guid"));
    return KeyFinder.find(item.parameter(), item.thing(), fields)
        .filter(k -> k.score() >= 80)
        .map(KeyFinder.Key::name);
  }

  boolean bodyFitsRead() {
    return read.map(
                r ->
                    View.of(r).stream()
                        .mapToDouble(v -> Similarity.of(v.fields().keySet(), bodyFields().keySet()))
                        .max()
                        .orElse(0))
            .orElse(0.0)
        >= SOME;
  }

  boolean bodyFitsUpdate() {
    Optional<Schema> update = item.update().flatMap(ApiOperation::body).map(RequestBody::schema);
    return update
            .map(u -> Similarity.of(u.properties().keySet(), bodyFields().keySet()))
            .orElse(0.0)
        >= Similarity.LIKELY;
  }

  private Map<String, Schema> bodyFields() {
    return post.body().map(b -> b.schema().properties()).orElse(Map.of());
  }

  Verdict withKey(Confidence confidence) {
    return create(found, Optional.empty(), false, confidence, item.how().reason());
  }

  Verdict withRequestKey() {
    return create(
        Optional.empty(),
        requestKey(),
        false,
        Confidence.MEDIUM,
        item.how().reason() + "; the client chooses the key");
  }

  Verdict withLocation() {
    return create(
        Optional.empty(),
        Optional.empty(),
        true,
        Confidence.MEDIUM,
        item.how().reason() + "; the key is in the Location header");
  }

  Verdict withoutKey(String reason) {
    return create(Optional.empty(), Optional.empty(), false, Confidence.LOW, reason);
  }

  private Verdict create(
      Optional<AnswerKey.Found> answer,
      Optional<String> requestKey,
      boolean location,
      Confidence confidence,
      String reason) {
    return new Verdict.Create(
        new Candidate(
            post, Optional.of(item), answer, requestKey, location, read, confidence, reason));
  }

  /** The methods that the item path has. */
  List<String> itemMethods() {
    return List.copyOf(item.operations().keySet());
  }
}
