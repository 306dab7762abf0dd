package dev.pawl.model.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pawl.model.Json;
import dev.pawl.model.MethodException;
import dev.pawl.model.Reason;
import dev.pawl.model.http.ApiRequest;
import dev.pawl.model.http.Connection;
import dev.pawl.model.http.SendGuard;
import dev.pawl.model.http.SendOutcome;
import dev.pawl.model.rest.Operation.Body;
import dev.pawl.model.rest.Operation.In;
import dev.pawl.model.rest.Operation.Parameter;
import dev.pawl.model.testkit.TestContext;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** An account's number at the head of every path comes from the connection. */
class ConnectionParamsTest {
  private static final Operation CREATE = operation("POST", In.PATH);
  private static final Operation LIST = operation("GET", In.PATH_WITH_SLASHES);
  private static final Operation GET = operation("PUT", In.PATH);
  private static final RestResource RESOURCE =
      new RestResource(
          Things.TYPE,
          new ApiDescriptor(
              "fake", "", ApiDescriptor.Auth.NONE, Map.of("version", "v1"), Set.of("account")),
          CREATE,
          GET,
          new Listing(LIST, "", "/id", new Listing.Paging.None()),
          null,
          null,
          List.of(IdentityPart.request("account", "/account"), IdentityPart.response("id", "/id")),
          Things.NONE,
          null,
          null,
          Set.of());

  private static Operation operation(String method, In in) {
    return new Operation(
        method,
        "/{account}/things",
        List.of(new Parameter("account", in, "account"), Parameter.path("id")),
        Body.NONE,
        Map.of(),
        "");
  }

  private record Connected(Map<String, String> params) implements Connection {
    @Override
    public String name() {
      return "fake";
    }

    @Override
    public String baseUrl() {
      return "https://api.test";
    }

    @Override
    public String account() {
      return "account-1";
    }

    @Override
    public SendOutcome send(ApiRequest request, SendGuard guard) {
      throw new AssertionError("nothing is sent");
    }
  }

  private static ObjectNode filled(Operation operation, ObjectNode arguments, String... account)
      throws MethodException {
    Map<String, String> params = account.length == 0 ? Map.of() : Map.of("account", account[0]);
    TestContext context =
        TestContext.of(Things.TYPE, "web-1").connection(new Connected(params)).build();
    return new ConnectionParams(RESOURCE, operation, context).in(arguments);
  }

  @Test
  void whatTheArgumentsDoNotSayTheConnectionDoes() throws Exception {
    ObjectNode filled = Json.object().put("account", "7");
    for (Operation operation : List.of(CREATE, LIST, GET)) {
      assertThat(filled(operation, Json.object(), "7")).isEqualTo(filled);
      assertThat(filled(operation, Json.object().putNull("account"), "7")).isEqualTo(filled);
      assertThat(filled(operation, Json.object().put("account", "8"), "7"))
          .isEqualTo(Json.object().put("account", "8"));
    }
    assertThat(filled(operation("POST", In.QUERY), Json.object(), "7"))
        .as("only paths begin with it")
        .isEmpty();
  }

  @Test
  void whereNeitherSaysItTheMessageSaysHowTo() {
    for (Operation operation : List.of(CREATE, LIST)) {
      MethodException failure =
          catchThrowableOfType(MethodException.class, () -> filled(operation, Json.object()));
      assertThat(failure).as(operation.method()).isNotNull();
      assertThat(failure.failure().reason()).isEqualTo(Reason.NO_CONNECTION);
      assertThat(failure)
          .hasMessageContaining(
              "connection fake has no param account, which " + operation.describe())
          .hasMessageContaining("--connection fake=URL,param.account=…");
    }
  }

  @Test
  void whatIsStoredHasItInItsIdentity() throws Exception {
    assertThat(filled(GET, Json.object())).isEmpty();
  }
}
