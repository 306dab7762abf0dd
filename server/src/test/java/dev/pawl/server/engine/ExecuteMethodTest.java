package dev.pawl.server.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pawl.model.CreateOptions;
import dev.pawl.model.Json;
import dev.pawl.model.Outcome;
import dev.pawl.server.failure.ServerFailure;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A method without a workflow. */
class ExecuteMethodTest extends EngineTest {
  private static ExecuteMethod.Command call(
      String method, String instance, ObjectNode arguments, @Nullable String key) {
    return new ExecuteMethod.Command(
        "default",
        "test/thing",
        instance,
        method,
        arguments,
        CreateOptions.DEFAULT,
        false,
        Duration.ofSeconds(60),
        key,
        "tester");
  }

  private ExecuteMethod.Result execute(ExecuteMethod.Command command) throws InterruptedException {
    return executor.server.executeMethod().run(command);
  }

  @Test
  void textsThatLookLikeExpressionsStayTexts() throws Exception {
    ObjectNode arguments =
        (ObjectNode)
            Json.parse(
                """
                {"plain":"${{ inputs.secret }}","}} \\" ' key":"x","a.b-c":{"${{ 1 }}":[null,1.50,9007199254740993]},
                 "":"empty","line\\nbreak":true,"${":"${{"}\
                """);
    ExecuteMethod.Result result = execute(call("act", "it's ${{ odd }}", arguments, null));
    assertThat(result.result().output()).isEqualTo(arguments);
    assertThat(result.result().outcome()).isEqualTo(Outcome.EXECUTED);
    assertThat(world.done()).containsExactly("it's ${{ odd }}");
  }

  @Test
  void theSameKeyAgainGivesTheSameAnswer() throws Exception {
    ObjectNode arguments = Json.object().put("n", 1);
    ExecuteMethod.Result first = execute(call("act", "keyed", arguments, "k"));
    ExecuteMethod.Result again = execute(call("act", "keyed", arguments, "k"));
    assertThat(again.replayed()).isTrue();
    assertThat(again.runId()).isEqualTo(first.runId());
    assertThat(again.result().output()).isEqualTo(arguments);
    assertThat(world.times("keyed")).isEqualTo(1);
    assertThatThrownBy(() -> execute(call("act", "keyed", Json.object().put("n", 2), "k")))
        .isInstanceOfSatisfying(
            ServerFailure.class, e -> assertThat(e.reason()).isEqualTo("IDEMPOTENCY_KEY_REUSED"));
  }

  @Test
  void itFailsAsTheMethodDoes() {
    world.failNext("bad", World.refused("no such thing"));
    assertThatThrownBy(() -> execute(call("act", "bad", Json.object(), null)))
        .isInstanceOfSatisfying(
            ServerFailure.class, e -> assertThat(e.reason()).isEqualTo("API_REFUSED"))
        .hasMessageContaining("no such thing");
  }

  @Test
  void itRefusesWhatDoesNotExistOrDoesNotFit() {
    assertReason("INVALID_FIELD", call("act", "x", Json.object().put("a${{", 1), null));
    assertReason("METHOD_NOT_FOUND", call("atc", "x", Json.object(), null));
    assertReason("INVALID_ARGUMENTS", call("strict", "x", Json.object(), null));
    assertThat(world.done()).isEmpty();
  }

  @Test
  void itEndsWithItsTimeout() {
    world.gate("slow");
    ExecuteMethod.Command patient = call("act", "slow", Json.object(), null);
    assertReason(
        "DEADLINE",
        new ExecuteMethod.Command(
            patient.namespace(),
            patient.modelType(),
            patient.instance(),
            patient.method(),
            patient.arguments(),
            patient.options(),
            patient.skipIfExists(),
            Duration.ofMillis(500),
            patient.idempotencyKey(),
            patient.requester()));
  }

  private void assertReason(String reason, ExecuteMethod.Command command) {
    assertThatThrownBy(() -> execute(command))
        .isInstanceOfSatisfying(ServerFailure.class, e -> assertThat(e.reason()).isEqualTo(reason));
  }
}
