package garden.greenhouse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pawl.model.Json;
import dev.pawl.model.MethodException;
import dev.pawl.model.MethodResult;
import dev.pawl.model.Model;
import dev.pawl.model.Outcome;
import dev.pawl.model.testkit.FakeConnection;
import dev.pawl.model.testkit.TestContext;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;

/** The model written by hand; its connection answers what the test says. */
class SeedOrderTest {
  private static final ObjectNode NONE = Json.object().put("message", "no such order");
  private static final ObjectNode BEANS = Json.object().put("seeds", "beans");

  private final FakeConnection greenhouse = new FakeConnection("greenhouse");
  private final TestContext context =
      TestContext.of("greenhouse/seed_order", "spring").connection(greenhouse).build();
  private final SeedOrder model = new SeedOrder();
  private final String order = "GET /seed-orders/" + reference(context);

  @Test
  void anOrderThatIsThereIsNotPlacedAgain() throws Exception {
    greenhouse.on(order, 200, Json.object().put("seeds", "beans"));

    MethodResult result = model.invoke("place", BEANS, context);

    assertThat(result.outcome()).isEqualTo(Outcome.VERIFIED);
    assertThat(greenhouse.requests()).hasSize(1);
  }

  @Test
  void anOrderForOtherSeedsIsNoSuccess() {
    greenhouse.on(order, 200, Json.object().put("seeds", "peas"));

    assertThatThrownBy(() -> model.invoke("place", BEANS, context))
        .hasMessageContaining("placed for 'peas'");
    assertThat(greenhouse.requests()).hasSize(1);
  }

  @Test
  void aLostAnswerIsLookedFor() throws Exception {
    greenhouse
        .on(order, 404, NONE)
        .loses("POST /seed-orders")
        .on(order, 200, Json.object().put("state", "placed"));

    MethodResult result = model.invoke("place", BEANS, context);

    assertThat(result.output().path("state").asText()).isEqualTo("placed");
  }

  @Test
  void whatCannotBeToldIsNeverCalledNotMade() {
    greenhouse.on(order, 404, NONE).loses("POST /seed-orders");

    assertThatThrownBy(() -> model.invoke("place", BEANS, context))
        .isInstanceOfSatisfying(
            MethodException.class,
            e -> assertThat(e.effect()).isEqualTo(MethodException.Effect.UNKNOWN));
  }

  @Test
  void waitsForTheSeedsInNoTime() throws Exception {
    greenhouse
        .on(order, 200, Json.object().put("state", "placed"))
        .on(order, 200, Json.object().put("state", "delivered"));

    model.invoke("await_delivery", Json.object(), context);

    assertThat(context.waits()).containsExactly("the seeds are on their way");
  }

  @Test
  void aServerFindsBothModels() {
    assertThat(ServiceLoader.load(Model.class))
        .extracting(found -> found.descriptor().type())
        .contains("greenhouse/bed", "greenhouse/seed_order");
  }

  /** The same rule as the model's, written once more: to change it would place orders again. */
  private static String reference(TestContext context) {
    ObjectNode identity =
        Json.object()
            .put("installation", context.dataRepository().installationId())
            .put("namespace", "default")
            .put("instance", "spring");
    return "seeds-" + Json.fingerprint(identity).substring(0, 20);
  }
}
