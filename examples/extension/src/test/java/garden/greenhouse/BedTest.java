package garden.greenhouse;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pawl.model.Json;
import dev.pawl.model.MethodResult;
import dev.pawl.model.Outcome;
import dev.pawl.model.testkit.TestContext;
import dev.pawl.models.greenhouse.Bed;
import org.junit.jupiter.api.Test;

/** The generated model against a greenhouse that makes trouble. */
class BedTest {
  private static final ObjectNode TOMATOES = Json.object().put("crop", "tomatoes");

  private final FakeGreenhouse greenhouse = new FakeGreenhouse();
  private final TestContext context =
      TestContext.of("greenhouse/bed", "south").connection(greenhouse).build();
  private final Bed model = new Bed();

  @Test
  void twoCreatesMakeOneBed() throws Exception {
    MethodResult first = model.invoke("create", TOMATOES, context);
    MethodResult again = model.invoke("create", TOMATOES, context);

    assertThat(first.outcome()).isEqualTo(Outcome.CREATED);
    assertThat(again.outcome()).isEqualTo(Outcome.VERIFIED);
    assertThat(greenhouse.posts()).containsExactly("POST /beds");
  }

  @Test
  void aLostAnswerIsLookedForAndNotSentAgain() throws Exception {
    greenhouse.losesNextAnswer();

    MethodResult result = model.invoke("create", TOMATOES, context);

    assertThat(result.outcome()).isEqualTo(Outcome.ADOPTED);
    assertThat(greenhouse.beds()).isEqualTo(1);
    assertThat(greenhouse.posts()).hasSize(1);
  }

  @Test
  void whatSomebodyHasClearedIsMadeAgain() throws Exception {
    model.invoke("create", TOMATOES, context);
    greenhouse.clear();

    MethodResult result = model.invoke("create", TOMATOES, context);

    assertThat(result.outcome()).isEqualTo(Outcome.RECREATED);
  }

  @Test
  void codeCallsItWithTypes() throws Exception {
    Bed.State bed =
        model.create(context, Bed.CreateArguments.builder().crop("tomatoes").build());

    assertThat(bed.soil()).isEqualTo("warm");
  }
}
