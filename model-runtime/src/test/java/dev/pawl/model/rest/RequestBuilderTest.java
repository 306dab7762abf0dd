package dev.pawl.model.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pawl.model.Json;
import dev.pawl.model.MethodException;
import dev.pawl.model.Reason;
import dev.pawl.model.http.ApiRequest;
import dev.pawl.model.rest.Operation.Body;
import dev.pawl.model.rest.Operation.In;
import dev.pawl.model.rest.Operation.Parameter;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where each argument goes: path, query, headers or body, and what cannot be sent at all. */
@NullUnmarked // a null where none belongs fails the test
class RequestBuilderTest {
  private static final String BASE = "https://api.test/v1";

  private static Operation operation(String path, Body body, Parameter... parameters) {
    return new Operation("POST", path, List.of(parameters), body, Map.of(), "");
  }

  private static ApiRequest request(Operation operation, String arguments) throws MethodException {
    return request(operation, arguments, Json.object());
  }

  private static ApiRequest request(Operation operation, String arguments, ObjectNode identity)
      throws MethodException {
    RequestBuilder builder =
        new RequestBuilder(operation, BASE, (ObjectNode) Json.parse(arguments), identity);
    return builder.build(builder.body(), Duration.ofSeconds(9));
  }

  private static String url(Operation operation, String arguments) throws MethodException {
    return request(operation, arguments).uri().toString();
  }

  private static String body(ApiRequest request) {
    return new String(request.body(), StandardCharsets.UTF_8);
  }

  private static MethodException refused(Operation operation, String arguments) {
    MethodException refused =
        catchThrowableOfType(MethodException.class, () -> request(operation, arguments));
    assertThat(refused).as(arguments).isNotNull();
    assertThat(refused.failure().reason()).isEqualTo(Reason.INVALID_ARGUMENTS);
    assertThat(refused.effect()).isEqualTo(MethodException.Effect.NOT_MADE);
    return refused;
  }

  @Test
  void whatNoParameterTakesIsTheBody() throws Exception {
    Operation operation =
        new Operation(
            "PUT",
            "/things/{id}",
            List.of(Parameter.path("id"), Parameter.query("dry"), Parameter.header("X-Team")),
            Body.JSON,
            Map.of("type", "resize"),
            "");

    ApiRequest request =
        request(
            operation, "{\"id\":\"a\",\"dry\":true,\"X-Team\":\"blue\",\"size\":2,\"note\":null}");

    assertThat(request.method()).isEqualTo("PUT");
    assertThat(request.uri()).hasToString(BASE + "/things/a?dry=true");
    assertThat(Json.parse(body(request)))
        .isEqualTo(Json.parse("{\"type\":\"resize\",\"size\":2,\"note\":null}"));
    assertThat(request.headers())
        .containsEntry("X-Team", "blue")
        .containsEntry("Content-Type", "application/json")
        .containsEntry("Accept", "application/json");
    assertThat(request.timeout()).isEqualTo(Duration.ofSeconds(9));
  }

  @Test
  void withoutABodyNothingIsSent() throws Exception {
    ApiRequest request = request(operation("/things", Body.NONE), "{\"name\":\"web\"}");
    assertThat(request.body()).isNull();
    assertThat(request.headers()).doesNotContainKey("Content-Type");
  }

  @Test
  void aBodyThatIsNoObjectIsOneArgument() throws Exception {
    ApiRequest request = request(operation("/tags", Body.JSON_VALUE), "{\"body\":[\"a\",1]}");
    assertThat(body(request)).isEqualTo("[\"a\",1]");
    assertThat(request.headers()).containsEntry("Content-Type", "application/json");
  }

  @Test
  void aFormNestsInBrackets() throws Exception {
    ApiRequest request =
        request(
            operation("/things", Body.FORM),
            "{\"name\":\"a b&c\",\"none\":null,\"size\":{\"w\":1,\"in\":{\"h\":2}},"
                + "\"tags\":[\"x\",{\"k\":\"y\"}]}");
    assertThat(body(request))
        .isEqualTo(
            "name=a%20b%26c&none=&size%5Bw%5D=1&size%5Bin%5D%5Bh%5D=2"
                + "&tags%5B0%5D=x&tags%5B1%5D%5Bk%5D=y");
    assertThat(request.headers())
        .containsEntry("Content-Type", "application/x-www-form-urlencoded");
  }

  @Test
  void aMultipartBodyHasItsFilesDecoded() throws Exception {
    ApiRequest request =
        request(
            operation("/files", Body.MULTIPART, new Parameter("file", In.FILE, "file")),
            "{\"file\":\"aGVsbG8=\",\"name\":\"aGVsbG8=\"}");
    assertThat(body(request)).containsOnlyOnce("hello").containsOnlyOnce("aGVsbG8=");
    assertThat(request.headers().get("Content-Type"))
        .startsWith("multipart/form-data; boundary=pawl-");
  }

  @Test
  void aQueryRepeatsWhatIsAList() throws Exception {
    Operation operation =
        operation("/things", Body.NONE, Parameter.query("tag"), Parameter.query("name"));
    assertThat(url(operation, "{\"tag\":[\"a b\",\"c\"],\"name\":\"ø/+\"}"))
        .isEqualTo(BASE + "/things?tag=a%20b&tag=c&name=%C3%B8%2F%2B");
    assertThat(url(operation, "{\"name\":null}")).isEqualTo(BASE + "/things");
  }

  @Test
  void whatIsAddedToAQueryHasOneOrder() throws Exception {
    RequestBuilder builder =
        new RequestBuilder(operation("/things", Body.NONE), BASE, Json.object(), Json.object());
    ApiRequest request =
        builder
            .query("page", "2")
            .query("limit", "5 %")
            .header("X-Trace", "t")
            .build(null, Duration.ofSeconds(1));
    assertThat(request.uri()).hasToString(BASE + "/things?limit=5%20%25&page=2");
    assertThat(request.headers()).containsEntry("X-Trace", "t");
  }

  @Test
  void aHeaderMayBeAlwaysTheSameOrLeftOut() throws Exception {
    Operation operation =
        operation(
            "/things",
            Body.JSON,
            new Parameter("X-Version", In.CONSTANT_HEADER, "2024-01-01"),
            Parameter.header("X-Team"));
    ApiRequest request = request(operation, "{\"2024-01-01\":\"no parameter\",\"X-Team\":null}");
    assertThat(request.headers())
        .containsEntry("X-Version", "2024-01-01")
        .doesNotContainKey("X-Team");
    assertThat(body(request)).isEqualTo("{\"2024-01-01\":\"no parameter\"}");
  }

  /** It would begin another header. */
  @Test
  void aHeaderHasOneLine() throws Exception {
    Operation operation = operation("/things", Body.NONE, Parameter.header("X-Team"));
    assertThat(refused(operation, "{\"X-Team\":\"a\\r\\nX-Admin: yes\"}"))
        .hasMessageContaining("header X-Team must not hold control characters");
    assertThat(request(operation, "{\"X-Team\":\"the blue one\"}").headers())
        .containsEntry("X-Team", "the blue one");
  }

  @Test
  void theStoredIdentityGoesBeforeAnArgumentOfItsName() throws Exception {
    Operation operation = operation("/things/{id}", Body.NONE, Parameter.path("id"));
    assertThat(request(operation, "{\"id\":\"theirs\"}", Json.object().put("id", "ours")).uri())
        .hasToString(BASE + "/things/ours");
    Operation query = operation("/things", Body.NONE, Parameter.query("id"));
    assertThat(request(query, "{\"id\":\"asked\"}", Json.object().put("id", "ours")).uri())
        .as("an identity is for paths")
        .hasToString(BASE + "/things?id=asked");
  }

  @Test
  void slashesAreEncodedUnlessThePathTakesThem() throws Exception {
    assertThat(
            url(operation("/f/{name}", Body.NONE, Parameter.path("name")), "{\"name\":\"a/b c\"}"))
        .isEqualTo(BASE + "/f/a%2Fb%20c");
    Operation whole =
        operation("/f/{name}", Body.NONE, new Parameter("name", In.PATH_WITH_SLASHES, "name"));
    assertThat(url(whole, "{\"name\":\"a/b c/d\"}")).isEqualTo(BASE + "/f/a/b%20c/d");
    assertThat(request(whole, "{}", Json.object().put("name", "x/y")).uri())
        .hasToString(BASE + "/f/x/y");
  }

  /** They would be resolved away, and name another resource. */
  @ParameterizedTest
  @ValueSource(strings = {".", "..", "a/../b", "a/./b", "a//b", "/a", "a/"})
  void noPartOfAPathLeadsElsewhere(String value) {
    Operation whole =
        operation("/f/{name}", Body.NONE, new Parameter("name", In.PATH_WITH_SLASHES, "name"));
    assertThat(refused(whole, Json.write(Json.object().put("name", value))))
        .hasMessageContaining("POST /f/{name}: '" + value + "' cannot be part of a path");
  }

  @ParameterizedTest
  @ValueSource(strings = {"{}", "{\"id\":null}", "{\"id\":\"\"}"})
  void aPathNeedsItsValues(String arguments) {
    assertThat(refused(operation("/t/{id}", Body.NONE, Parameter.path("id")), arguments))
        .hasMessageContaining("POST /t/{id} needs a value for id");
  }

  @Test
  void aPathThatNothingFillsIsNotSent() {
    assertThat(refused(operation("/t/{id}/{other}", Body.NONE, Parameter.path("id")), "{\"id\":1}"))
        .hasMessageContaining("nothing fills a parameter of the path /t/1/{other}");
  }

  @Test
  void anOperationMayLiveElsewhere() throws Exception {
    Operation plain = operation("/files", Body.NONE);
    Operation elsewhere =
        new Operation(
            plain.method(),
            plain.path(),
            List.of(),
            Body.NONE,
            Map.of(),
            "",
            new OperationBase(BASE, "https://files.test"));
    assertThat(url(plain, "{}")).isEqualTo(BASE + "/files");
    assertThat(url(elsewhere, "{}")).isEqualTo("https://files.test/files");
  }

  @Test
  void aTokenGoesWhereTheApiLooksForIt() throws Exception {
    Operation create = operation("/things", Body.JSON);
    String token = Markers.requestToken("pawl-marker", 1, "body");
    ObjectNode body = Json.object();
    RequestBuilder builder = new RequestBuilder(create, BASE, Json.object(), Json.object());
    RequestToken.header("Idempotency-Key").put(token, builder, body);
    new RequestToken(RequestToken.Place.QUERY, "requestId", RequestToken.Form.TEXT)
        .put(token, builder, body);
    RequestToken.body("client_token").put(token, builder, body);

    ApiRequest request = builder.build(body, Duration.ofSeconds(1));

    assertThat(request.headers()).containsEntry("Idempotency-Key", token);
    assertThat(request.uri()).hasToString(BASE + "/things?requestId=" + token);
    assertThat(Json.parse(body(request))).isEqualTo(Json.object().put("client_token", token));
    assertThatThrownBy(
            () -> RequestToken.body("client_token").put(token, builder, Json.mapper().nullNode()))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("'client_token'");
  }

  @Test
  void aTokenIsSpeltAsTheApiTakesIt() {
    String token = Markers.requestToken("pawl-marker", 1, "body");
    RequestToken uuid =
        new RequestToken(RequestToken.Place.HEADER, "Request-Id", RequestToken.Form.UUID);
    assertThat(RequestToken.header("Idempotency-Key").spelt(token)).isEqualTo(token);
    assertThat(uuid.spelt(token))
        .as("version 4, variant 1")
        .matches("[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}")
        .isEqualTo(uuid.spelt(token))
        .isNotEqualTo(uuid.spelt(token + "a"));
  }
}
