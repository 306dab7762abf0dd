package dev.pawl.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** A POST that is repeated under one token, and parents that nobody has made. */
class ReplaysTest {
  private static final String DOCUMENT =
      """
      openapi: 3.0.3
      info: {title: Parcels, version: "1"}
      paths:
        /depots:
          post:
            responses: {"201": {description: made, content: {application/json: {schema: &depot
              {type: object, properties: {id: {type: string}, name: {type: string}}}}}}}
        /depots/{depot_id}:
          get:
            responses: {"200": {description: ok, content: {application/json: {schema: *depot}}}}
        /depots/{depot_id}/parcels:
          post:
            parameters: [{name: Idempotency-Key, in: header, schema: {type: string}}]
            responses: {"201": {description: made, content: {application/json: {schema: &parcel
              {type: object, properties: {id: {type: string}, weight: {type: integer}}}}}}}
        /depots/{depot_id}/parcels/{parcel_id}:
          get:
            responses: {"200": {description: ok, content: {application/json: {schema: *parcel}}}}
      """;

  private static SandboxOptions options() {
    return SandboxOptions.forBytes("parcels.yaml", DOCUMENT.getBytes(StandardCharsets.UTF_8));
  }

  private static String made(Client client, String path, String header, String token) {
    Client.Reply reply = client.call("POST", path, "{}", "application/json", header, token);
    assertThat(reply.status()).isEqualTo(201);
    return reply.body().path("id").asText();
  }

  @Test
  void aTokenThatTheDocumentDeclaresMakesOne() {
    try (Sandbox sandbox = Sandbox.start(options().anyParent())) {
      Client client = new Client(sandbox);
      String parcels = "/depots/d1/parcels";
      String first = made(client, parcels, "Idempotency-Key", "a");
      assertThat(made(client, parcels, "idempotency-key", "a")).isEqualTo(first);
      assertThat(made(client, parcels, "Idempotency-Key", "b")).isNotEqualTo(first);
      assertThat(made(client, "/depots/d2/parcels", "Idempotency-Key", "a")).isNotEqualTo(first);
    }
  }

  @Test
  void aTokenThatTheDocumentDoesNotKnowMakesTwoUnlessHonoured() {
    try (Sandbox sandbox = Sandbox.start(options())) {
      Client client = new Client(sandbox);
      String first = made(client, "/depots", "Idempotency-Key", "a");
      assertThat(made(client, "/depots", "Idempotency-Key", "a")).isNotEqualTo(first);
    }
    try (Sandbox sandbox = Sandbox.start(options().tokenHeaders(Set.of("X-Once")))) {
      Client client = new Client(sandbox);
      String first = made(client, "/depots", "X-Once", "a");
      assertThat(made(client, "/depots", "X-Once", "a")).isEqualTo(first);
    }
  }

  @Test
  void aParentThatNobodyMadeIsMissingUnlessTakenForGranted() {
    try (Sandbox sandbox = Sandbox.start(options())) {
      assertThat(new Client(sandbox).post("/depots/d1/parcels", "{}").status()).isEqualTo(404);
    }
    try (Sandbox sandbox = Sandbox.start(options().anyParent())) {
      assertThat(new Client(sandbox).post("/depots/d1/parcels", "{}").status()).isEqualTo(201);
    }
  }
}
