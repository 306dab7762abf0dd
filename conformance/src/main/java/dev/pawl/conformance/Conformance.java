package dev.pawl.conformance;

import dev.pawl.model.Model;
import dev.pawl.model.rest.Reconcile;
import dev.pawl.model.rest.RequestToken.Place;
import dev.pawl.model.rest.RestModel;
import dev.pawl.model.testkit.VirtualTime;
import dev.pawl.sandbox.Sandbox;
import dev.pawl.sandbox.SandboxOptions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * Runs every model's create against a simulator of the API's document, which shares no inference
 * with codegen: a mistake that both would have to make in the same way is the only one that passes.
 *
 * <pre>{@code
 * List<Verdict> verdicts = Conformance.of("acme.yaml", bytes).check(models);
 * }</pre>
 */
public final class Conformance {
  private final String name;
  private final byte[] document;

  private Conformance(String name, byte[] document) {
    this.name = name;
    this.document = document.clone();
  }

  /**
   * The kit for one API.
   *
   * @param name stands for the document in messages
   * @param document OpenAPI 2.0, 3.0 or 3.1, as YAML or JSON
   */
  public static Conformance of(String name, byte[] document) {
    return new Conformance(name, document);
  }

  /**
   * Checks models, sorted by type. Takes some tens of milliseconds for each; time that has to pass
   * is virtual.
   *
   * @throws dev.pawl.sandbox.SandboxException when the document is none
   */
  public List<Verdict> check(List<Model> models) throws InterruptedException {
    return check(models, type -> {});
  }

  /**
   * The same.
   *
   * @param progress is told each model type before it is checked
   */
  public List<Verdict> check(List<Model> models, Consumer<String> progress)
      throws InterruptedException {
    VirtualTime time = new VirtualTime();
    SandboxOptions options =
        SandboxOptions.forBytes(name, document)
            .anyParent()
            .tokenHeaders(tokens(models, Set.of(Place.HEADER)))
            .tokenFields(tokens(models, Set.of(Place.QUERY, Place.BODY)))
            .clock(new VirtualClock(time));
    List<Verdict> out = new ArrayList<>();
    try (Sandbox sandbox = Sandbox.start(options);
        Simulator simulator = new Simulator(sandbox)) {
      for (Model model : sorted(models)) {
        progress.accept(model.descriptor().type());
        out.add(
            model instanceof RestModel rest
                ? new CheckModel(rest, rest.resource(), simulator, time).run()
                : byHand(model));
      }
    }
    return out;
  }

  private static Verdict byHand(Model model) {
    return new Verdict(
        model.descriptor().type(),
        Arrays.stream(Check.values())
            .map(
                c ->
                    new CheckResult(
                        c,
                        CheckResult.Result.UNPROVEN,
                        "it is written by hand: its own tests must show it"))
            .toList());
  }

  private static List<Model> sorted(List<Model> models) {
    return models.stream().sorted(Comparator.comparing(m -> m.descriptor().type())).toList();
  }

  /** What overrides say of an API that its document does not: that it honours a token. */
  private static Set<String> tokens(List<Model> models, Set<Place> places) {
    return models.stream()
        .filter(RestModel.class::isInstance)
        .map(m -> ((RestModel) m).resource().reconcile())
        .filter(Reconcile.Key.class::isInstance)
        .map(r -> ((Reconcile.Key) r).token())
        .filter(t -> places.contains(t.place()))
        .map(t -> t.place() == Place.HEADER ? t.name().toLowerCase(Locale.ROOT) : t.name())
        .collect(Collectors.toUnmodifiableSet());
  }
}
