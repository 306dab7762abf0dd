package dev.pawl.model.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pawl.model.CreateOptions;
import dev.pawl.model.Json;
import dev.pawl.model.MethodException;
import dev.pawl.model.MethodResult;
import dev.pawl.model.Outcome;
import dev.pawl.model.Reason;
import dev.pawl.model.ResourceKey;
import dev.pawl.model.data.ClaimAnswer;
import dev.pawl.model.data.ClaimMode;
import dev.pawl.model.data.ClaimRequest;
import dev.pawl.model.data.Completion;
import dev.pawl.model.data.Evidence;
import dev.pawl.model.data.StoredResource;
import dev.pawl.model.http.ConnectionSettings;
import dev.pawl.model.http.HttpConnection;
import dev.pawl.model.testkit.InMemoryDataRepository;
import dev.pawl.model.testkit.TestContext;
import dev.pawl.model.testkit.VirtualTime;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterEach;

/** Calls of a model over real HTTP on loopback, in virtual time. */
@NullUnmarked // a null where none belongs fails the test
abstract class ApiTest {
  static final String POST = "POST /things";
  static final String GET = "GET /things/t-1";

  final VirtualTime time = new VirtualTime();
  final FakeApi api = new FakeApi(time);
  final HttpConnection connection = connect("account-1");
  final InMemoryDataRepository repository = new InMemoryDataRepository(time);
  final TestContext context =
      TestContext.of(Things.TYPE, "web-1")
          .repository(repository, time)
          .connection(connection)
          .build();
  RestResource resource = Things.reconciledBy(Things.NONE);

  @AfterEach
  void close() {
    connection.close();
    api.close();
  }

  HttpConnection connect(String account) {
    return new HttpConnection(
        new ConnectionSettings(
            "fake",
            api.url(),
            account,
            ApiDescriptor.Auth.BEARER,
            "s3cret-token",
            ConnectionSettings.CONNECT_TIMEOUT));
  }

  MethodResult create() throws MethodException, InterruptedException {
    return create(context);
  }

  MethodResult create(TestContext in) throws MethodException, InterruptedException {
    return call("create", Things.named("web"), in);
  }

  MethodResult call(String method, ObjectNode arguments, TestContext in)
      throws MethodException, InterruptedException {
    return Things.model(resource).invoke(method, arguments, in);
  }

  void assertCreates(Outcome outcome) throws MethodException, InterruptedException {
    assertThat(create().outcome()).isEqualTo(outcome);
  }

  MethodException assertFails(Reason reason) {
    return assertFails(reason, context);
  }

  MethodException assertFails(Reason reason, TestContext in) {
    return assertFails(reason, "create", Things.named("web"), in);
  }

  MethodException assertFails(Reason reason, String method, ObjectNode arguments, TestContext in) {
    MethodException failure =
        catchThrowableOfType(MethodException.class, () -> call(method, arguments, in));
    assertThat(failure).as("%s fails with %s", method, reason).isNotNull();
    assertThat(failure.failure().reason()).as(failure.getMessage()).isEqualTo(reason);
    return failure;
  }

  StoredResource row() {
    return repository.read(context.key());
  }

  List<String> learned() {
    return repository.evidence(context.key()).stream().map(Evidence::what).toList();
  }

  static CreateOptions verify(CreateOptions.Verify policy) {
    return new CreateOptions(
        policy, CreateOptions.OnChange.KEEP, CreateOptions.Adopt.NEVER, null, false);
  }

  static CreateOptions onChange(CreateOptions.OnChange choice) {
    return new CreateOptions(
        CreateOptions.Verify.ALWAYS, choice, CreateOptions.Adopt.NEVER, null, false);
  }

  /** Another key has made the object, or taken it over. */
  void owns(ResourceKey key, String id) {
    ClaimRequest wish =
        new ClaimRequest(
            repository.read(key),
            ClaimMode.CREATE,
            "test",
            Duration.ofSeconds(30),
            Duration.ofSeconds(15),
            Duration.ofSeconds(30),
            null,
            null);
    Completion found =
        new Completion(
            Json.object(),
            id,
            "account-1",
            Json.object().put("id", id),
            null,
            null,
            Outcome.ADOPTED);
    assertThatCode(
            () ->
                repository.complete(((ClaimAnswer.Granted) repository.claim(wish)).claim(), found))
        .doesNotThrowAnyException();
  }
}
