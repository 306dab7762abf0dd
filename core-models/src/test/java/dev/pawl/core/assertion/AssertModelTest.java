package dev.pawl.core.assertion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pawl.model.Json;
import dev.pawl.model.MethodException;
import dev.pawl.model.MethodResult;
import dev.pawl.model.Outcome;
import dev.pawl.model.Reason;
import dev.pawl.model.testkit.TestContext;
import org.junit.jupiter.api.Test;

class AssertModelTest {
  private final AssertModel model = new AssertModel();
  private final TestContext context = TestContext.of("core/assert", "step").build();

  @Test
  void whatIsTruePassesAsOftenAsItIsAsked() throws Exception {
    ObjectNode arguments = Json.object().put("that", true).put("message", "never said");

    MethodResult first = model.invoke("check", arguments, context);
    MethodResult second = model.invoke("check", arguments, context);

    assertThat(first).isEqualTo(second);
    assertThat(first.outcome()).isEqualTo(Outcome.EXECUTED);
    assertThat(first.output()).isEqualTo(Json.parse("{\"passed\": true}"));
  }

  @Test
  void whatIsFalseFailsInTheAuthorsWords() {
    ObjectNode arguments = Json.object().put("that", false).put("message", "no droplet came up");

    assertThatThrownBy(() -> model.invoke("check", arguments, context))
        .isInstanceOfSatisfying(
            MethodException.class,
            e -> {
              assertThat(e.failure().reason()).isEqualTo(Reason.ASSERTION_FAILED);
              assertThat(e.effect()).isEqualTo(MethodException.Effect.NOT_MADE);
              assertThat(e.failure().message()).isEqualTo("no droplet came up");
            });
  }

  @Test
  void whatIsFalseWithoutAMessageSaysWhereToGiveOne() {
    assertThatThrownBy(() -> model.invoke("check", Json.object().put("that", false), context))
        .hasMessage("the condition in 'that' is false; give 'message' to say more");
  }
}
