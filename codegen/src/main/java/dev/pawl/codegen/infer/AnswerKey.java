package dev.pawl.codegen.infer;

import dev.pawl.codegen.document.Schema;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
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
   */
  record Found(
      View view,
      KeyFinder.Key key,
      Optional<View> read,
      double similarity,
      boolean keyInAnswer,
      double score) {
    String idPointer() {
      return view.pointer() + Pointers.to(key.name());
    }
  }

  private final String parameter;
  private final String thing;
  private final List<View> reads;

  /**
   * @param parameter the item path's parameter
   * @param thing what the path calls the resource
   * @param readAnswer what reading the item answers
   */
  AnswerKey(String parameter, String thing, Optional<Schema> readAnswer) {
    this.parameter = parameter;
    this.thing = thing;
    this.reads = readAnswer.map(View::ofRead).orElse(List.of());
  }

  /** The best place in the create's answer; empty where none has a key. */
  Optional<Found> in(Schema createAnswer) {
    List<Found> out = new ArrayList<>();
    for (View view : View.of(createAnswer)) {
      judge(view).ifPresent(out::add);
    }
    Optional<Found> whole = out.stream().filter(this::wholeInBoth).findFirst();
    return whole.isPresent() ? whole : out.stream().max(Comparator.comparingDouble(Found::score));
  }

  /** Where create and read both have a key at their very top, what is inside is other things. */
  private boolean wholeInBoth(Found found) {
    return found.view().pointer().isEmpty()
        && found.keyInAnswer()
        && found.key().score() >= STRONG
        && reads.stream()
            .filter(r -> r.pointer().isEmpty())
            .flatMap(r -> KeyFinder.find(parameter, thing, r.fields()).stream())
            .anyMatch(k -> k.score() >= STRONG);
  }

  private Optional<Found> judge(View view) {
    Optional<View> read = closest(view);
    double similarity = read.map(r -> Similarity.of(view.schema(), r.schema())).orElse(0.0);
    Optional<KeyFinder.Key> own = KeyFinder.find(parameter, thing, view.fields());
    Optional<KeyFinder.Key> theirs =
        read.filter(r -> similarity >= Similarity.LIKELY || sameEnvelope(view, r))
            .flatMap(r -> KeyFinder.find(parameter, thing, r.fields()));
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
          return new Found(view, k, read, similarity, !borrowed, score);
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
    String plainThing = Words.plain(thing);
    return !envelope.isEmpty() && (envelope.endsWith(plainThing) || plainThing.endsWith(envelope));
  }
}
