package dev.pawl.codegen.infer;

import dev.pawl.codegen.document.PathTemplate;
import dev.pawl.codegen.document.Schema;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Finds in a create's answer the resource that an item path names, and its key, by comparing with
 * what reading the item answers.
 */
final class AnswerKey {
  private static final int SAME_SCHEMA = 40;
  private static final int SAME_NAME = 20;
  private static final int WHOLE_ANSWER = 25;
  private static final int STRONG = 70;

  /**
   * The resource in a create's answer.
   *
   * @param view where it is
   * @param key its key field
   * @param read where reading the item answers the same; empty where it does not
   * @param similarity of the two
   * @param keyInAnswer whether the create's own answer describes the key, or only the read does
   * @param score for choosing among several
   * @param inner from the resource to the object that has the key; empty for the resource itself
   */
  record Found(
      View view,
      KeyFinder.Key key,
      Optional<View> read,
      double similarity,
      boolean keyInAnswer,
      double score,
      String inner) {
    String idPointer() {
      return view.pointer() + keyPointer();
    }

    /** From the resource to its key. */
    String keyPointer() {
      return inner + Pointers.to(key.name());
    }
  }

  /**
   * What names a thing.
   *
   * @param key the item path, blanked; empty where there is none
   * @param parameter the item path's parameter
   * @param schema the parameter's
   * @param thing what the path calls the resource
   */
  record Name(String key, String parameter, Optional<Schema> schema, String thing) {
    static Name of(ItemPath item) {
      return new Name(item.key(), item.parameter(), item.schemaOf(item.parameter()), item.thing());
    }
  }

  private static final String METADATA = "metadata";

  private final Name name;
  private final List<View> reads;
  private final Operations operations;

  /**
   * @param name what names the thing
   * @param readAnswer what reading the item answers
   * @param operations what is no thing but an operation on one
   */
  AnswerKey(Name name, Optional<Schema> readAnswer, Operations operations) {
    this.name = name;
    this.reads = readAnswer.map(View::ofRead).orElse(List.of());
    this.operations = operations;
  }

  private Optional<KeyFinder.Key> key(Map<String, Schema> fields) {
    return KeyFinder.find(name.parameter(), name.schema(), name.thing(), fields);
  }

  /** The best place in the create's answer; empty where none has a key. */
  Optional<Found> in(Schema createAnswer) {
    List<Found> out = new ArrayList<>();
    List<View> views = View.of(createAnswer);
    for (View view : views) {
      judge(view).ifPresent(out::add);
    }
    Optional<Found> inMetadata = inMetadata(views, out);
    if (inMetadata.isPresent()) {
      return inMetadata;
    }
    Optional<Found> whole = out.stream().filter(this::wholeInBoth).findFirst();
    return whole.isPresent() ? whole : out.stream().max(Comparator.comparingDouble(Found::score));
  }

  /** A name that is a path, of which the item path takes the end; empty where none is sure. */
  Optional<Found> byWholeName(Schema createAnswer) {
    String collection = new PathTemplate(PathTemplate.parent(name.key())).lastSegment();
    for (View view : View.of(createAnswer)) {
      Schema field = view.fields().get("name");
      Optional<View> read =
          reads.stream()
              .filter(r -> Similarity.of(r.schema(), view.schema()) >= Similarity.SAME)
              .findFirst();
      if (field != null && read.isPresent() && KeyFinder.isWholePathIn(field, collection)) {
        KeyFinder.Key key =
            new KeyFinder.Key(
                "name", STRONG, "the path takes the end of the name, which is a path");
        return Optional.of(new Found(view, key, read, 1, true, STRONG, ""));
      }
    }
    return Optional.empty();
  }

  /** An object that keeps its name in its metadata is more than that metadata. */
  private Optional<Found> inMetadata(List<View> views, List<Found> found) {
    View root = views.get(0);
    boolean same = reads.stream().anyMatch(r -> isWhole(r, root));
    boolean own = key(root.fields()).filter(k -> k.score() >= STRONG).isPresent();
    return found.stream()
        .filter(f -> same && !own && f.view().pointer().equals("/" + METADATA))
        .filter(f -> f.key().score() >= STRONG && f.keyInAnswer())
        .findFirst()
        .map(
            f ->
                new Found(
                    root,
                    f.key(),
                    reads.stream().filter(r -> isWhole(r, root)).findFirst(),
                    1,
                    true,
                    f.score(),
                    f.view().pointer()));
  }

  private static boolean isWhole(View read, View root) {
    return read.pointer().isEmpty()
        && Similarity.of(read.schema(), root.schema()) >= Similarity.SAME;
  }

  /** Where create and read both have a key at their very top, what is inside is other things. */
  private boolean wholeInBoth(Found found) {
    return found.view().pointer().isEmpty()
        && found.keyInAnswer()
        && found.key().score() >= STRONG
        && reads.stream()
            .filter(r -> r.pointer().isEmpty())
            .flatMap(r -> key(r.fields()).stream())
            .anyMatch(k -> k.score() >= STRONG);
  }

  private Optional<Found> judge(View view) {
    if (operations.why(view.schema(), reads, name.key()).isPresent()) {
      return Operations.reference(view.schema(), name.thing())
          .map(k -> new Found(view, k, Optional.empty(), 0, true, k.score() + WHOLE_ANSWER, ""));
    }
    Optional<View> read = closest(view);
    double similarity = read.map(r -> Similarity.of(view.schema(), r.schema())).orElse(0.0);
    Optional<KeyFinder.Key> own = key(view.fields());
    Optional<KeyFinder.Key> theirs =
        read.filter(r -> similarity >= Similarity.LIKELY || sameEnvelope(view, r))
            .flatMap(r -> key(r.fields()));
    boolean borrowed =
        theirs.isPresent() && theirs.get().score() > own.map(KeyFinder.Key::score).orElse(0);
    Optional<KeyFinder.Key> key = borrowed ? theirs : own;
    return key.map(
        k -> {
          double score = k.score() + SAME_SCHEMA * similarity;
          score +=
              namesTheThing(view) || read.filter(r -> sameEnvelope(view, r)).isPresent()
                  ? SAME_NAME
                  : 0;
          score += view.pointer().isEmpty() && !borrowed ? WHOLE_ANSWER : 0;
          return new Found(view, k, read, similarity, !borrowed, score, "");
        });
  }

  private Optional<View> closest(View view) {
    return reads.stream()
        .filter(r -> Similarity.of(view.schema(), r.schema()) > 0 || sameEnvelope(view, r))
        .max(
            Comparator.comparingDouble(
                r ->
                    Similarity.of(view.schema(), r.schema())
                        + (sameEnvelope(view, r) ? 0.3 : 0)
                        + (r.pointer().isEmpty() ? 0.01 : 0)));
  }

  private static boolean sameEnvelope(View a, View b) {
    return !a.envelope().isEmpty() && a.envelope().equals(b.envelope());
  }

  private boolean namesTheThing(View view) {
    String envelope = Words.plain(view.envelope());
    String plainThing = Words.plain(name.thing());
    return !envelope.isEmpty() && (envelope.endsWith(plainThing) || plainThing.endsWith(envelope));
  }
}
