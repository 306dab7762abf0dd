package dev.pawl.model.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.pawl.model.Caller;
import dev.pawl.model.Checkpoint;
import dev.pawl.model.Failure;
import dev.pawl.model.Json;
import dev.pawl.model.MethodContext;
import dev.pawl.model.MethodException;
import dev.pawl.model.Reason;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class CheckpointTest {
  private final TestContext first = TestContext.of("acme/thing", "one").build();
  private final AtomicInteger done = new AtomicInteger();

  private TestContext later() {
    return first.with().caller(new Caller("default", "run-1", "step", 2, "other")).build();
  }

  private JsonNode count() {
    return IntNode.valueOf(done.incrementAndGet());
  }

  private static void dies(TestContext context, Checkpoint which) {
    assertThatThrownBy(
            () ->
                context.checkpoint(
                    which,
                    () -> {
                      throw new IllegalStateException("died");
                    }))
        .isInstanceOf(IllegalStateException.class);
  }

  private static void assertFails(Reason reason, MethodContext context, Checkpoint which) {
    assertThatThrownBy(() -> context.checkpoint(which, () -> TextNode.valueOf("again")))
        .isInstanceOfSatisfying(
            MethodException.class,
            e -> {
              assertThat(e.failure().reason()).isEqualTo(reason);
              assertThat(e.failure().message()).contains("'" + which.name() + "'");
            });
  }

  static Stream<JsonNode> results() {
    return Stream.of(
        NullNode.getInstance(),
        BooleanNode.FALSE,
        TextNode.valueOf(""),
        Json.object(),
        Json.mapper().createArrayNode(),
        IntNode.valueOf(0));
  }

  @ParameterizedTest
  @MethodSource("results")
  void everyResultIsKept(JsonNode result) throws Exception {
    Checkpoint which = Checkpoint.inDoubt("work");
    assertThat(first.checkpoint(which, () -> result)).isEqualTo(result);
    assertThat(later().checkpoint(which, this::count)).isEqualTo(result);
    assertThat(done).hasValue(0);
  }

  @Test
  void javasNullIsJsonNull() throws Exception {
    assertThat(first.checkpoint(Checkpoint.inDoubt("work"), () -> null))
        .isEqualTo(NullNode.getInstance());
    assertThat(later().checkpoint(Checkpoint.inDoubt("work"), this::count))
        .isEqualTo(NullNode.getInstance());
  }

  @Test
  void aResultIsKeptForItsInputOnly() throws Exception {
    Checkpoint which = Checkpoint.inDoubt("work");
    assertThat(first.checkpoint(which.of(TextNode.valueOf("a")), this::count).asInt()).isOne();
    assertThat(later().checkpoint(which.of(TextNode.valueOf("b")), this::count).asInt())
        .isEqualTo(2);
  }

  @Test
  void theOrderOfAnInputsMembersSaysNothing() throws Exception {
    Checkpoint which = Checkpoint.rerun("work");
    first.checkpoint(which.of(Json.parse("{\"a\":1,\"b\":2}")), this::count);
    later().checkpoint(which.of(Json.parse("{\"b\":2,\"a\":1}")), this::count);
    assertThat(done).hasValue(1);
  }

  @Test
  void unknownWorkIsDoneAgainWhereItMayBe() throws Exception {
    dies(first, Checkpoint.rerun("work"));
    assertThat(later().checkpoint(Checkpoint.rerun("work"), this::count).asInt()).isOne();
  }

  @Test
  void unknownWorkIsInDoubtWhateverItsInput() {
    Checkpoint which = Checkpoint.inDoubt("work").of(TextNode.valueOf("a"));
    dies(first, which);
    assertFails(Reason.IN_DOUBT, later(), which);
    assertFails(Reason.IN_DOUBT, later(), which.of(TextNode.valueOf("b")));
  }

  @Test
  void unknownWorkThatIsFoundIsKept() throws Exception {
    dies(first, Checkpoint.inDoubt("work"));
    JsonNode found = TextNode.valueOf("found");
    Checkpoint look = Checkpoint.reconcile("work", () -> Checkpoint.Finding.done(found));
    assertThat(later().checkpoint(look, this::count)).isEqualTo(found);
    assertThat(later().checkpoint(Checkpoint.inDoubt("work"), this::count)).isEqualTo(found);
    assertThat(done).hasValue(0);
  }

  @Test
  void unknownWorkThatIsNotThereIsDone() throws Exception {
    dies(first, Checkpoint.inDoubt("work"));
    Checkpoint look = Checkpoint.reconcile("work", Checkpoint.Finding::notDone);
    assertThat(later().checkpoint(look, this::count).asInt()).isOne();
  }

  @Test
  void unknownWorkThatCantBeToldStaysUnknown() {
    dies(first, Checkpoint.inDoubt("work"));
    assertFails(
        Reason.IN_DOUBT,
        later(),
        Checkpoint.reconcile("work", () -> Checkpoint.Finding.unknown("two of them")));
    assertFails(
        Reason.UNREACHABLE,
        later(),
        Checkpoint.reconcile(
            "work",
            () -> {
              throw MethodException.notMade(Failure.of(Reason.UNREACHABLE, "'work' is far"));
            }));
    assertFails(Reason.IN_DOUBT, later(), Checkpoint.inDoubt("work"));
  }

  @Test
  void whatWasNotMadeIsTakenBack() throws Exception {
    assertThatThrownBy(
            () ->
                first.checkpoint(
                    Checkpoint.inDoubt("work"),
                    () -> {
                      throw MethodException.notMade(Failure.of(Reason.API_REFUSED, "no"));
                    }))
        .isInstanceOf(MethodException.class);
    assertThat(later().checkpoint(Checkpoint.inDoubt("work"), this::count).asInt()).isOne();
  }

  @Test
  void aResultOverTheLimitIsNamedAndLeavesTheWorkUnknown() {
    TextNode large = TextNode.valueOf("ü".repeat(Checkpoint.MAX_RESULT / 2));
    assertThatThrownBy(() -> first.checkpoint(Checkpoint.inDoubt("work"), () -> large))
        .isInstanceOfSatisfying(
            MethodException.class,
            e -> {
              assertThat(e.failure().reason()).isEqualTo(Reason.LIMIT_EXCEEDED);
              assertThat(e.failure().message()).contains("'work'", "1048578", "1048576");
              assertThat(e.effect()).isEqualTo(MethodException.Effect.UNKNOWN);
            });
    assertFails(Reason.IN_DOUBT, later(), Checkpoint.inDoubt("work"));
  }

  @Test
  void oneNameIsOnePieceOfWork() throws Exception {
    Checkpoint which = Checkpoint.rerun("work");
    first.checkpoint(which, this::count);
    first.checkpoint(which, this::count);
    assertThat(done).hasValue(1);
    assertFails(Reason.INVALID_ARGUMENTS, first, which.of(TextNode.valueOf("other")));
    List<MethodException> inner = new ArrayList<>();
    first.checkpoint(
        Checkpoint.rerun("outer"),
        () -> {
          try {
            return first.checkpoint(Checkpoint.rerun("outer"), this::count);
          } catch (MethodException e) {
            inner.add(e);
            return null;
          }
        });
    assertThat(inner)
        .singleElement()
        .extracting(e -> e.failure().reason())
        .isEqualTo(Reason.INVALID_ARGUMENTS);
  }

  @Test
  void outsideARunNothingIsKept() throws Exception {
    TestContext outside = first.with().caller(new Caller("default", "", "", 0, "a client")).build();
    outside.checkpoint(Checkpoint.inDoubt("work"), this::count);
    outside.checkpoint(Checkpoint.inDoubt("work"), this::count);
    assertThat(done).hasValue(2);
    assertThatThrownBy(outside::workspace)
        .isInstanceOfSatisfying(
            MethodException.class,
            e -> assertThat(e.failure().reason()).isEqualTo(Reason.NO_WORKSPACE));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a\nb", "a\0"})
  void aNameMustBeReadable(String name) {
    assertThatThrownBy(() -> Checkpoint.rerun(name)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aNameHasAtMost127Characters() {
    assertThat(Checkpoint.rerun("😀".repeat(127)).name()).hasSize(254);
    assertThatThrownBy(() -> Checkpoint.rerun("a".repeat(128)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("127");
  }
}
