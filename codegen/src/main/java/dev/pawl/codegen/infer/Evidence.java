package dev.pawl.codegen.infer;

import dev.pawl.codegen.document.ApiOperation;
import dev.pawl.codegen.document.Parameter;
import dev.pawl.codegen.document.PathTemplate;
import dev.pawl.codegen.document.RequestBody;
import dev.pawl.codegen.document.Schema;
import dev.pawl.codegen.ir.Confidence;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What speaks for and against a POST making what an item path names. */
final class Evidence {
  private static final double SOME = 0.25;

  /** What an answer may say beside the key without saying what was made. */
  private static final Set<String> BESIDE =
      Set.of(
          "url",
          "uri",
          "href",
          "self",
          "location",
          "link",
          "links",
          "warning",
          "warnings",
          "message",
          "messages",
          "status",
          "success",
          "ok",
          "created");

  private final PathIndex index;
  private final ApiOperation post;
  private final ItemPath item;
  private final Optional<Schema> read;
  private final Optional<AnswerKey.Found> found;
  private final Operations operations;

  Evidence(
      PathIndex index,
      Operations operations,
      ApiOperation post,
      ItemPath item,
      Optional<Schema> read,
      Optional<AnswerKey.Found> found) {
    this.index = index;
    this.operations = operations;
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
    if (read.filter(Schema::hasProperties).isEmpty() || isKeyAlone()) {
      return f.key().score() >= 70;
    }
    return f.similarity() >= SOME || (f.keyInAnswer() && f.key().score() >= 70 && bodyFitsRead());
  }

  /** Whether the answer says hardly more than the key of what was made. */
  boolean isKeyAlone() {
    return found.isPresent()
        && found.get().keyInAnswer()
        && found.get().key().score() >= 70
        && found.get().view().pointer().isEmpty()
        && found.get().view().fields().keySet().stream()
            .filter(f -> !f.equals(found.get().key().name()))
            .allMatch(f -> BESIDE.contains(Words.plain(f)));
  }

  /** Whether the answer is a list of what there is, and the request no part of one. */
  boolean answersList() {
    return post.answer().filter(Schema::isArray).isPresent() && !bodyFitsRead();
  }

  /** Why the answer is an operation; empty where it is not known to be one. */
  Optional<String> answersOperation() {
    List<View> reads = read.map(View::ofRead).orElse(List.of());
    return post.answer().stream()
        .flatMap(a -> View.of(a).stream())
        .flatMap(v -> operations.why(v.schema(), reads, item.key()).stream())
        .findFirst();
  }

  Confidence confidence() {
    boolean alike = found.filter(f -> f.similarity() >= Similarity.LIKELY).isPresent();
    boolean strong = found.filter(f -> f.key().score() >= 70 && f.keyInAnswer()).isPresent();
    return alike && strong && item.get().isPresent() ? Confidence.HIGH : Confidence.MEDIUM;
  }

  /** The argument that is the key, where the client chooses it. */
  Optional<String> requestKey() {
    ArgumentNames names = ArgumentNames.of(post);
    Map<String, Schema> fields = new LinkedHashMap<>();
    Map<String, String> arguments = new HashMap<>();
    Set<String> demanded = demanded();
    for (Parameter p : post.parameters("query")) {
      if (!demanded.contains(p.name()) && ClientKey.serverMayChoose(p.schema(), p.description())) {
        continue;
      }
      fields.put(p.name(), p.schema());
      arguments.put(p.name(), names.ofParameter("query", p.name()));
    }
    bodyFields()
        .forEach(
            (name, schema) -> {
              boolean optional = !demanded.contains(name);
              if (!schema.readOnly() && !(optional && ClientKey.serverMayChoose(schema, ""))) {
                fields.put(name, schema);
              }
            });
    fields.keySet().removeIf(n -> Words.plain(n).matches("id|uuid|guid"));
    return KeyFinder.find(item.parameter(), item.schemaOf(item.parameter()), item.thing(), fields)
        .filter(k -> k.score() >= 80 || (k.score() >= 70 && demanded.contains(k.name())))
        .map(k -> arguments.getOrDefault(k.name(), k.name()));
  }

  private Set<String> demanded() {
    Set<String> out = new HashSet<>(post.body().map(b -> b.schema().required()).orElse(Set.of()));
    post.parameters("query").stream().filter(Parameter::required).forEach(p -> out.add(p.name()));
    return out;
  }

  boolean bodyFitsRead() {
    return read.map(this::likeBody).orElse(0.0) >= SOME;
  }

  /** How much of an answer the request is made of, whatever either is wrapped in. */
  private double likeBody(Schema answer) {
    double best = 0;
    for (View sent : post.body().map(b -> View.of(b.schema())).orElse(List.of())) {
      if (sent.pointer().isEmpty() || sent.sole()) {
        for (View view : View.of(answer)) {
          best = Math.max(best, Similarity.of(view.fields().keySet(), sent.fields().keySet()));
        }
      }
    }
    return best;
  }

  boolean bodyFitsUpdate() {
    Optional<Schema> update =
        new UpdateFinder(item, post, read)
            .find()
            .flatMap(ApiOperation::body)
            .map(RequestBody::schema);
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
            post,
            Optional.of(item),
            answer,
            requestKey,
            location,
            read,
            confidence,
            reason,
            CompositeKey.of(item, answer)));
  }
}
