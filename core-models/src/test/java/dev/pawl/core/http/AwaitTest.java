package dev.pawl.core.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pawl.model.Json;
import dev.pawl.model.MethodException;
import dev.pawl.model.MethodResult;
import dev.pawl.model.Outcome;
import dev.pawl.model.Reason;
import dev.pawl.model.testkit.InMemoryDataRepository;
import dev.pawl.model.testkit.TestContext;
import dev.pawl.model.testkit.VirtualTime;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Awaited answers, in virtual time. */
class AwaitTest extends HttpTest {
  private static final String JOB = "GET /job";

  private final VirtualTime time = new VirtualTime();

  @BeforeEach
  void inVirtualTime() {
    context =
        TestContext.of("http/request", "")
            .repository(new InMemoryDataRepository(time), time)
            .build();
  }

  private ObjectNode job() {
    return Json.object().put("url", site.url("/job"));
  }

  private ObjectNode ready() {
    return job().put("path", "/state").put("equals", "ready");
  }

  private MethodResult await(ObjectNode arguments) throws Exception {
    return model.invoke("await", arguments, context);
  }

  private Duration passed() {
    return Duration.ofNanos(time.nanoTime());
  }

  @Test
  void itAsksUntilTheAnswerIsTheWantedOne() throws Exception {
    site.loses(JOB)
        .on(JOB, 503, "{}")
        .on(JOB, 404, "{}")
        .on(JOB, Site.answer(200, "text/plain", "soon"))
        .on(JOB, 200, "{}")
        .on(JOB, 200, "{\"state\": \"building\"}")
        .on(JOB, 200, "{\"state\": \"ready\", \"size\": 3}");

    MethodResult result = await(ready());

    assertThat(result.outcome()).isEqualTo(Outcome.EXECUTED);
    assertThat(result.output().at("/body/size").asInt()).isEqualTo(3);
    assertThat(site.seen(JOB)).hasSize(7);
    assertThat(passed()).isEqualTo(Duration.ofSeconds(60));
  }

  @Test
  void theStatusAloneMayBeWhatIsAwaited() throws Exception {
    site.on(JOB, 200, "{}").on(JOB, 404, "{}");
    ObjectNode gone = job().put("every", "2s");
    gone.putArray("expect").add(404);

    assertThat(await(gone).output().path("status").asInt()).isEqualTo(404);
    assertThat(passed()).isEqualTo(Duration.ofSeconds(2));
  }

  @Test
  void aLongerRetryAfterIsKeptTo() throws Exception {
    site.on(
            JOB,
            exchange -> {
              exchange.getResponseHeaders().set("Retry-After", "90");
              exchange.sendResponseHeaders(429, -1);
              exchange.close();
            })
        .on(JOB, 200, "{\"state\": \"ready\"}");

    await(ready());

    assertThat(passed()).isEqualTo(Duration.ofSeconds(90));
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 401, 403, 422, 301})
  void aRefusalFailsAtOnceWithItsWords(int status) {
    site.on(JOB, status, "{\"message\": \"not with me\"}");

    MethodException refused = refused("await", ready());

    assertThat(site.seen(JOB)).hasSize(1);
    if (status >= 400) {
      assertThat(refused).hasMessageContaining("not with me");
    }
    assertThat(refused.failure().httpStatus()).isEqualTo(status);
  }

  @Test
  void itGivesUpWhenItsTimeIsOverAndSaysWhatItSaw() {
    site.on(JOB, 200, "{\"state\": \"building\"}");

    MethodException late = refused("await", ready().put("every", "40s").put("within", "1m30s"));

    assertThat(late.failure().reason()).isEqualTo(Reason.DEADLINE);
    assertThat(late).hasMessageContaining("/state = \"ready\"").hasMessageContaining("building");
    assertThat(passed()).as("the last look is at the deadline").isEqualTo(Duration.ofSeconds(90));
    assertThat(site.seen(JOB)).hasSize(4);
  }

  @Test
  void aServerThatGoesOnKeepsTheDeadlineAndARetryBeginsAnew() throws Exception {
    Thread caller = Thread.currentThread();
    site.on(
            JOB,
            exchange -> {
              // Its server dies: whatever it knew is gone.
              caller.interrupt();
              exchange.close();
            })
        .on(JOB, 200, "{\"state\": \"building\"}");
    assertThatThrownBy(() -> await(ready())).isInstanceOf(InterruptedException.class);
    time.advance(Duration.ofMinutes(9));

    assertThat(refused("await", ready()).failure().reason()).isEqualTo(Reason.DEADLINE);
    assertThat(passed()).isEqualTo(Duration.ofMinutes(10));

    assertThat(refused("await", ready()).failure().reason()).isEqualTo(Reason.DEADLINE);
    assertThat(passed()).isEqualTo(Duration.ofMinutes(20));
    assertThat(refused("await", ready()).failure().reason()).isEqualTo(Reason.DEADLINE);
    assertThat(passed()).isEqualTo(Duration.ofMinutes(30));
  }

  @Test
  void credentialsAreNeitherInItsWordsNorInItsOutput() {
    site.on(JOB, 200, "{\"state\": \"of s3cret-token\", \"token\": \"another\"}");
    ObjectNode arguments = ready().put("within", "5s");
    arguments.putObject("headers").put("Authorization", "Bearer s3cret-token");

    assertThat(refused("await", arguments)).hasMessageContaining("***");
    assertThat(refused("await", arguments).getMessage()).doesNotContain("s3cret-token");
    assertThat(refused("await", arguments.put("path", "/token")).getMessage())
        .doesNotContain("another");
  }

  @Test
  void numbersAreEqualHoweverTheyAreWritten() throws Exception {
    site.on(JOB, 200, "{\"items\": [{\"done\": 1.0}]}");

    await(job().put("path", "/items/0/done").put("equals", 1));

    assertThat(site.seen(JOB)).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource({"every,10ms", "every,2h", "within,1000h", "path,/state"})
  void argumentsThatMakeNoSenseAreRefused(String name, String value) {
    assertThat(refused("await", job().put(name, value)).failure().reason())
        .isEqualTo(Reason.INVALID_ARGUMENTS);
    assertThat(site.seen(JOB)).isEmpty();
  }
}
