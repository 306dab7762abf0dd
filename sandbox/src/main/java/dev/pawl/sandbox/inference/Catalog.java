package dev.pawl.sandbox.inference;

import dev.pawl.sandbox.document.ApiDocument;
import dev.pawl.sandbox.document.Operation;
import dev.pawl.sandbox.document.PathTemplate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/** Every operation of a document with its meaning, and the way from a request to its operation. */
public final class Catalog {
  private final List<Route> routes;
  private final Map<Integer, List<Route>> bySize = new HashMap<>();
  private final Map<String, ResourceKind> kinds = new HashMap<>();
  private final List<List<String>> bases;

  private Catalog(List<Route> routes, List<List<String>> bases) {
    this.routes = List.copyOf(routes);
    this.bases = List.copyOf(bases);
    for (Route route : routes) {
      int size = PathTemplate.parts(route.operation().path().text()).size();
      bySize.computeIfAbsent(size, key -> new ArrayList<>()).add(route);
    }
    bySize
        .values()
        .forEach(
            list ->
                list.sort(
                    (first, second) ->
                        second
                            .operation()
                            .path()
                            .specificity()
                            .compareTo(first.operation().path().specificity())));
  }

  public static Catalog of(ApiDocument document) {
    MeaningFinder meanings = new MeaningFinder(document);
    List<Route> routes = new ArrayList<>();
    for (Operation operation : document.operations()) {
      routes.add(meanings.route(operation));
    }
    Catalog catalog =
        new Catalog(routes, document.basePaths().stream().map(PathTemplate::parts).toList());
    for (Route route : routes) {
      for (Anchor anchor : route.anchors()) {
        meanings.kind(anchor.kind()).ifPresent(kind -> catalog.kinds.put(kind.name(), kind));
      }
    }
    return catalog;
  }

  /** What a request's path leads to. */
  public sealed interface Match {
    record Found(Route route, Map<String, String> parameters) implements Match {}

    /** The path exists, the method doesn't; {@code allowed} is for the Allow header. */
    record WrongMethod(String allowed) implements Match {}

    record Unknown() implements Match {}
  }

  public List<Route> routes() {
    return routes;
  }

  /** A kind that other paths lie under; empty when the document never shows such an item. */
  public Optional<ResourceKind> kind(String name) {
    return Optional.ofNullable(kinds.get(name));
  }

  /** Finds the operation; a base path of the document's may be in front of the path or not. */
  public Match match(String method, String rawPath) {
    List<String> parts = PathTemplate.parts(rawPath);
    Match match = match(method, parts);
    for (List<String> base : bases) {
      boolean based = parts.size() >= base.size() && parts.subList(0, base.size()).equals(base);
      if (based && match instanceof Match.Unknown) {
        match = match(method, parts.subList(base.size(), parts.size()));
      }
    }
    return match;
  }

  private Match match(String method, List<String> parts) {
    TreeSet<String> allowed = new TreeSet<>();
    String rank = null;
    Match.Found best = null;
    for (Route route : bySize.getOrDefault(parts.size(), List.of())) {
      PathTemplate template = route.operation().path();
      // The most specific path decides alone: /droplets/autoscale never falls back to
      // /droplets/{id}.
      if (rank != null && !rank.equals(template.specificity())) {
        break;
      }
      Optional<Map<String, String>> values = template.match(parts);
      if (values.isPresent()) {
        rank = template.specificity();
        allowed.add(route.operation().method());
        if (best == null && route.operation().method().equals(method)) {
          best = new Match.Found(route, values.get());
        }
      }
    }
    if (best != null) {
      return best;
    }
    if (method.equals("HEAD") && allowed.contains("GET")) {
      return match("GET", parts);
    }
    return allowed.isEmpty()
        ? new Match.Unknown()
        : new Match.WrongMethod(String.join(", ", allowed));
  }
}
