package dev.pawl.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.pawl.sandbox.document.ApiDocument;
import dev.pawl.sandbox.document.DocumentReader;
import dev.pawl.sandbox.inference.Anchor;
import dev.pawl.sandbox.inference.Catalog;
import dev.pawl.sandbox.inference.Meaning;
import dev.pawl.sandbox.inference.ResourceKind;
import dev.pawl.sandbox.inference.ResourceKind.Trait;
import dev.pawl.sandbox.inference.Route;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every create of every published document at hand: made, seen, listed, removed, gone. */
class PublishedDocumentsTest {
  /** Beside the repository; a git worktree lies one folder deeper. */
  private static final Path SPECS =
      Stream.of("../../shared/specs", "../../../shared/specs")
          .map(Path::of)
          .filter(Files::isDirectory)
          .findFirst()
          .orElse(Path.of("../../shared/specs"));

  @ParameterizedTest
  @CsvSource({
    "digitalocean.yaml, 50",
    "stripe.yaml, 60",
    "twilio-api-v2010.json, 25",
    "equinix-metal.yaml, 25",
    "harbor.yaml, 14",
    "lithic.yaml, 14",
    "docker-engine.yaml, 6",
    "alertmanager.yaml, 1"
  })
  void makesAndForgetsEverythingTheDocumentCreates(String file, int atLeast) {
    Path spec = SPECS.resolve(file);
    Assumptions.assumeTrue(Files.exists(spec), () -> spec + " is not here; skipping");
    ApiDocument document = DocumentReader.read(file, DocumentReader.load(spec));
    Catalog catalog = Catalog.of(document);
    try (Sandbox sandbox = Sandbox.start(SandboxOptions.forFile(spec))) {
      Walk walk = new Walk(new Client(sandbox), catalog, new SampleBodies(document.shapes()));
      walk.visitAll(creates(catalog));
      assertThat(walk.problems).isEmpty();
      assertThat(walk.visited).isGreaterThanOrEqualTo(atLeast);
    }
  }

  private static List<Route> creates(Catalog catalog) {
    return catalog.routes().stream()
        .filter(
            route ->
                route.meaning() instanceof Meaning.Create create
                    && create.kind().trait() == Trait.MADE)
        .sorted(Comparator.comparingInt((Route route) -> route.anchors().size()))
        .toList();
  }

  private static final class Walk {
    private final Client client;
    private final Catalog catalog;
    private final SampleBodies bodies;
    private final Map<String, String> keys = new HashMap<>();
    private final List<String> problems = new ArrayList<>();
    private int visited;

    Walk(Client client, Catalog catalog, SampleBodies bodies) {
      this.client = client;
      this.catalog = catalog;
      this.bodies = bodies;
    }

    /** Parents before what is made under them, wherever the document has them. */
    void visitAll(List<Route> routes) {
      List<Route> open = new ArrayList<>(routes);
      while (!open.isEmpty()) {
        List<Route> ready = open.stream().filter(this::hasParents).toList();
        if (ready.isEmpty()) {
          problems.add("no way to make the parents of " + open);
          return;
        }
        ready.forEach(this::visit);
        open.removeAll(ready);
      }
    }

    private boolean hasParents(Route route) {
      return route.anchors().stream()
          .allMatch(anchor -> keys.containsKey(anchor.kind()) || !isMade(anchor.kind()));
    }

    private boolean isMade(String kind) {
      return catalog.kind(kind).filter(one -> one.trait() == Trait.MADE).isPresent();
    }

    private void visit(Route route) {
      ResourceKind kind = ((Meaning.Create) route.meaning()).kind();
      String path = fill(route.operation().path().text(), route.anchors());
      visited++;
      JsonNode first = make(route, path);
      if (first.isMissingNode()) {
        return;
      }
      keys.putIfAbsent(kind.name(), first.path("key").asText());
      if (isReadable(kind)) {
        expect(route, client.get(first.path("path").asText()).status() == 200, "is not readable");
      }
      expectListed(route, kind, first);
      JsonNode second = make(route, path);
      if (!second.isMissingNode()) {
        expect(route, !second.path("key").equals(first.path("key")), "made one key twice");
        int removed = client.delete("/_sandbox/resources" + second.path("path").asText()).status();
        expect(route, removed == 204, "is not removed");
        boolean gone = client.get(second.path("path").asText()).status() != 200;
        expect(route, gone, "is still there");
      }
    }

    private boolean isReadable(ResourceKind kind) {
      return catalog.routes().stream()
          .anyMatch(
              route -> route.meaning() instanceof Meaning.Read read && read.kind().equals(kind));
    }

    private void expectListed(Route create, ResourceKind kind, JsonNode made) {
      for (Route route : catalog.routes()) {
        boolean samePath = route.operation().path().text().equals(create.operation().path().text());
        if (samePath
            && route.meaning() instanceof Meaning.ListItems list
            && list.kind().equals(kind)) {
          Client.Reply reply = client.get(fill(route.operation().path().text(), route.anchors()));
          // Some documents describe items without any key: then there is none to be seen.
          String key = made.path("key").asText();
          boolean shown =
              !made.path("body").toString().contains(key) || reply.raw().body().contains(key);
          expect(create, reply.status() == 200 && shown, "is not listed: " + reply.raw().body());
        }
      }
    }

    /** What the POST made, as the sandbox knows it; missing when the chosen key was taken. */
    private JsonNode make(Route route, String path) {
      int before = client.get("/_sandbox/resources").body().size();
      String body =
          route.operation().body().map(one -> bodies.of(one.schema()).toString()).orElse("");
      Client.Reply reply = client.post(path, body);
      JsonNode resources = client.get("/_sandbox/resources").body();
      if (reply.status() == 409) {
        return MissingNode.getInstance();
      }
      boolean made =
          reply.status() == route.operation().success().status() && resources.size() == before + 1;
      expect(route, made, "answered " + reply.status() + " " + reply.raw().body());
      return made ? resources.path(resources.size() - 1) : MissingNode.getInstance();
    }

    private void expect(Route route, boolean holds, String problem) {
      if (!holds) {
        problems.add(route.operation() + " " + problem);
      }
    }

    private String fill(String template, List<Anchor> anchors) {
      String path = template;
      for (Anchor anchor : anchors) {
        String key = keys.getOrDefault(anchor.kind(), "given");
        path =
            path.replace(
                "{" + anchor.parameter() + "}", URLEncoder.encode(key, StandardCharsets.UTF_8));
      }
      return path;
    }
  }
}
