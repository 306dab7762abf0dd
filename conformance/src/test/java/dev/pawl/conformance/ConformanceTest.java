package dev.pawl.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pawl.codegen.Codegen;
import dev.pawl.codegen.CodegenOptions;
import dev.pawl.conformance.CheckResult.Result;
import dev.pawl.model.Json;
import dev.pawl.model.MethodContext;
import dev.pawl.model.MethodException;
import dev.pawl.model.MethodResult;
import dev.pawl.model.Model;
import dev.pawl.model.ModelDescriptor;
import dev.pawl.model.Outcome;
import dev.pawl.model.http.ApiRequest;
import dev.pawl.model.http.SendGuard;
import dev.pawl.model.rest.RestModel;
import dev.pawl.model.testkit.VirtualTime;
import dev.pawl.sandbox.Sandbox;
import dev.pawl.sandbox.SandboxOptions;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Models that are right pass; each way of being wrong is found. */
@Execution(ExecutionMode.CONCURRENT)
class ConformanceTest {
  private static final String DOCUMENT =
      """
      openapi: 3.0.3
      info: {title: Harbour, version: "1"}
      servers: [{url: "https://harbour.example.test"}]
      paths:
        /berths:
          get: {responses: {"200": {description: ok, content: {application/json: {schema: {type: object,
            properties: {berths: {type: array, items: {$ref: "#/components/schemas/berth"}}}}}}}}}
          post:
            requestBody: {content: {application/json: {schema: {type: object, required: [name],
              properties: {name: {type: string}, depth: {type: integer}, tags: {type: array, items: {type: string}}}}}}}
            responses: {"201": {description: made, content: {application/json: {schema: {type: object,
              properties: {berth: {$ref: "#/components/schemas/berth"}}}}}}}
        /berths/{berth_id}:
          get: {responses: {"200": {description: ok, content: {application/json: {schema: {type: object,
            properties: {berth: {$ref: "#/components/schemas/berth"}}}}}}}}
          delete: {responses: {"204": {description: gone}}}
        /berths/{id}/ropes:
          get: {responses: {"200": {description: ok, content: {application/json: {schema: {type: object,
            properties: {ropes: {type: array, items: {$ref: "#/components/schemas/rope"}}}}}}}}}
          post:
            requestBody: {content: {application/json: {schema: {type: object, properties: {thickness: {type: integer}}}}}}
            responses: {"201": {description: made, content: {application/json: {schema: {$ref: "#/components/schemas/rope"}}}}}
        /flags:
          post:
            requestBody: {content: {application/json: {schema: {$ref: "#/components/schemas/flag"}}}}
            responses: {"201": {description: made, content: {application/json: {schema: {$ref: "#/components/schemas/flag"}}}}}
        /flags/{name}:
          get: {responses: {"200": {description: ok, content: {application/json: {schema: {$ref: "#/components/schemas/flag"}}}}}}
        /pilots:
          post:
            parameters: [{name: Idempotency-Key, in: header, schema: {type: string}}]
            requestBody: {content: {application/json: {schema: {type: object, properties: {rank: {type: string}}}}}}
            responses: {"201": {description: made, content: {application/json: {schema: {$ref: "#/components/schemas/pilot"}}}}}
        /pilots/{pilot_id}:
          get: {responses: {"200": {description: ok, content: {application/json: {schema: {$ref: "#/components/schemas/pilot"}}}}}}
        /crews:
          post:
            requestBody: {content: {application/json: {schema: {type: object, required: [idempotency_key],
              properties: {size: {type: integer}, idempotency_key: {type: string}}}}}}
            responses: {"201": {description: made, content: {application/json: {schema: {$ref: "#/components/schemas/crew"}}}}}
        /crews/{crew_id}:
          get: {responses: {"200": {description: ok, content: {application/json: {schema: {$ref: "#/components/schemas/crew"}}}}}}
        /maps:
          post:
            servers: [{url: "https://maps.harbour.example.test/upload"}]
            requestBody: {content: {application/json: {schema: {type: object, properties: {size: {type: integer}}}}}}
            responses: {"201": {description: made, content: {application/json: {schema: {$ref: "#/components/schemas/crew"}}}}}
        /maps/{map_id}:
          get: {responses: {"200": {description: ok, content: {application/json: {schema: {$ref: "#/components/schemas/crew"}}}}}}
        /charts:
          get: {responses: {"200": {description: ok, content: {application/json: {schema: {type: array,
            items: {$ref: "#/components/schemas/chart"}}}}}}}
          post:
            requestBody: {content: {multipart/form-data: {schema: {type: object, required: [name, scan],
              properties: {name: {type: string}, scan: {type: string, format: binary}}}}}}
            responses: {"201": {description: made, content: {application/json: {schema: {$ref: "#/components/schemas/chart"}}}}}
        /charts/{chart_id}:
          get: {responses: {"200": {description: ok, content: {application/json: {schema: {$ref: "#/components/schemas/chart"}}}}}}
      components:
        schemas:
          chart: {type: object, properties: {id: {type: string}, name: {type: string}}}
          crew: {type: object, properties: {id: {type: string}, size: {type: integer}}}
          rope: {type: object, properties: {id: {type: string}, thickness: {type: integer}}}
          berth: {type: object, properties: {id: {type: string}, name: {type: string}, depth: {type: integer},
            tags: {type: array, items: {type: string}}}}
          flag: {type: object, required: [name], properties: {name: {type: string}, colour: {type: string}}}
          pilot: {type: object, properties: {id: {type: string}, rank: {type: string}}}
      """;

  @TempDir Path folder;

  private List<Model> generated(String overrides) throws IOException {
    Path spec = Files.writeString(folder.resolve("harbour.yaml"), DOCUMENT);
    if (!overrides.isEmpty()) {
      Files.writeString(folder.resolve("harbour.overrides.yaml"), overrides);
    }
    List<Model> out = new ArrayList<>();
    Codegen.run(
        CodegenOptions.of(spec),
        step -> {},
        (document, models, progress) -> {
          out.addAll(models);
          return List.of();
        });
    return out;
  }

  private static List<Verdict> check(List<Model> models) throws InterruptedException {
    return Conformance.of("harbour.yaml", DOCUMENT.getBytes(StandardCharsets.UTF_8)).check(models);
  }

  private static Verdict verdict(List<Verdict> all, String type) {
    return all.stream().filter(v -> v.type().equals(type)).findFirst().orElseThrow();
  }

  @Test
  void generatedModelsOfEveryStrategyAreVerified() throws Exception {
    List<Verdict> verdicts = check(generated(""));

    assertThat(verdicts)
        .extracting(Verdict::type)
        .containsExactly(
            "harbour/berth",
            "harbour/berth_rope",
            "harbour/chart",
            "harbour/crew",
            "harbour/flag",
            "harbour/map",
            "harbour/pilot");
    assertThat(verdicts).allSatisfy(v -> assertThat(v.reason()).isEmpty());
    assertThat(verdicts).allMatch(Verdict::verified);
  }

  @Test
  void aWrongIdPointerIsNotVerified() throws Exception {
    Verdict berth =
        verdict(check(generated("resources: {berth: {idPointer: /berth/name}}")), "harbour/berth");

    assertThat(berth.verified()).isFalse();
    assertThat(berth.reason()).contains("ONCE");
  }

  @Test
  void aTokenThatTheApiWouldHonourIsTakenAtItsWord() throws Exception {
    String said = "resources: {berth: {reconcile: {strategy: KEY, header: X-Once}}}";

    assertThat(verdict(check(generated(said)), "harbour/berth").verified()).isTrue();
  }

  @Test
  void aModelThatSendsTwiceHasFailed() throws Exception {
    RestModel berth = (RestModel) generated("").get(0);
    VirtualTime time = new VirtualTime();
    SandboxOptions options =
        SandboxOptions.forBytes("harbour.yaml", DOCUMENT.getBytes(StandardCharsets.UTF_8));
    try (Sandbox sandbox = Sandbox.start(options);
        Simulator simulator = new Simulator(sandbox)) {
      Verdict twice = new CheckModel(new Careless(berth), berth.resource(), simulator, time).run();

      assertThat(twice.failed()).isTrue();
      assertThat(twice.checks())
          .filteredOn(c -> c.result() == Result.FAILED)
          .extracting(CheckResult::check)
          .contains(Check.ONCE, Check.DOUBTFUL_READ, Check.RACE);
      assertThat(twice.reason()).startsWith("ONCE FAILED: it made 2 objects");
    }
  }

  @Test
  void aModelWithoutAStrategyStaysInDoubtAndPasses() throws Exception {
    List<Verdict> verdicts = check(generated("resources: {berth: {reconcile: {strategy: NONE}}}"));

    assertThat(verdict(verdicts, "harbour/berth").reason()).isEmpty();
  }

  @Test
  void aNaturalKeyThatIsNotShownIsNotVerified() throws Exception {
    String said = "resources: {pilot: {reconcile: {strategy: NATURAL_KEY, fields: [/rank]}}}";
    Verdict pilot = verdict(check(generated(said)), "harbour/pilot");

    assertThat(pilot.checks())
        .filteredOn(c -> c.check() == Check.LOST_ANSWER)
        .singleElement()
        .satisfies(c -> assertThat(c.result()).isEqualTo(Result.UNPROVEN))
        .satisfies(c -> assertThat(c.reason()).contains("in doubt"));
  }

  @Test
  void aModelOfNoRestApiIsLeftToItsAuthor() throws Exception {
    Verdict own = check(List.of(new ByHand())).get(0);

    assertThat(own.verified()).isFalse();
    assertThat(own.failed()).isFalse();
    assertThat(own.reason()).contains("written by hand");
  }

  /** Sends whenever it is asked, as a model would that keeps nothing. */
  private record Careless(RestModel berth) implements Model {
    @Override
    public ModelDescriptor descriptor() {
      return berth.descriptor();
    }

    @Override
    public MethodResult invoke(String method, ObjectNode arguments, MethodContext context)
        throws MethodException, InterruptedException {
      byte[] body = Json.write(arguments).getBytes(StandardCharsets.UTF_8);
      ApiRequest request =
          new ApiRequest(
              "POST",
              URI.create(context.http().baseUrl() + "/berths"),
              Map.of("Content-Type", "application/json"),
              body,
              Duration.ofSeconds(10));
      context.http().send(request, SendGuard.NONE);
      return MethodResult.of(Json.object(), Outcome.CREATED);
    }
  }

  private static final class ByHand implements Model {
    @Override
    public ModelDescriptor descriptor() {
      return new ModelDescriptor("harbour/own", "", List.of());
    }

    @Override
    public MethodResult invoke(String method, ObjectNode arguments, MethodContext context) {
      return MethodResult.of(Json.object(), Outcome.EXECUTED);
    }
  }
}
