package dev.pawl.model.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pawl.model.Failure;
import dev.pawl.model.MethodException;
import dev.pawl.model.Outcome;
import dev.pawl.model.Reason;
import dev.pawl.model.data.Claim;
import dev.pawl.model.data.ClaimAnswer;
import dev.pawl.model.data.ClaimMode;
import dev.pawl.model.data.ResourceState;
import dev.pawl.model.data.StoredResource.Tombstone.Cause;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every move of a resource from every state, as {@code docs/life-cycles.md} says. */
@NullUnmarked
abstract class MovesContract extends ClaimContract {
  private static final Path PAGE = Path.of("../docs/life-cycles.md");
  private static final String REFUSED = "refused";
  private static final List<String> MOVES =
      List.of(
          "claim CREATE",
          "claim RECONCILE",
          "claim CHANGE",
          "complete",
          "abandon",
          "doubt",
          "confirm",
          "bury");

  /** The page's table, cell by cell. */
  static Stream<Arguments> moves() throws IOException {
    List<Arguments> all = new ArrayList<>();
    List<String> lines = Files.readAllLines(PAGE);
    assertThat(lines).contains("| from | " + String.join(" | ", MOVES) + " |");
    for (ResourceState state : ResourceState.values()) {
      String line =
          lines.stream().filter(l -> l.startsWith("| `" + state + "` |")).findFirst().orElseThrow();
      String[] cells = line.split("\\|");
      assertThat(cells).as(line).hasSize(MOVES.size() + 2);
      for (int i = 0; i < MOVES.size(); i++) {
        all.add(Arguments.of(state, MOVES.get(i), cells[i + 2].strip()));
      }
    }
    return all.stream();
  }

  @ParameterizedTest(name = "{0}: {1} gives {2}")
  @MethodSource("moves")
  void everyMoveFromEveryStateIsAsTheTableSays(ResourceState state, String move, String expected)
      throws MethodException {
    Claim newest = bringTo(state);
    assertThat(read().effectiveState()).isEqualTo(state);

    String end;
    try {
      make(move, newest);
      end = read().effectiveState().name();
    } catch (MethodException e) {
      assertThat(e.failure().reason()).isEqualTo(Reason.CLAIM_STALE);
      assertThat(read().effectiveState()).as("a refusal changes nothing").isEqualTo(state);
      end = REFUSED;
    }

    assertThat(end).isEqualTo(expected);
  }

  /** Gives the newest claim. */
  private Claim bringTo(ResourceState state) throws MethodException {
    Claim claim = claim(ClaimMode.CREATE);
    switch (state) {
      case ABSENT -> repository().abandon(claim, because("nothing was made"));
      case CLAIMED -> {}
      case PRESENT -> repository().complete(claim, completion("id-1", Outcome.CREATED));
      case IN_DOUBT -> repository().doubt(claim, because("no answer"));
      case DELETED -> {
        repository().complete(claim, completion("id-1", Outcome.CREATED));
        repository().bury(read(), Cause.VERIFIED_GONE);
      }
    }
    return claim;
  }

  private void make(String move, Claim newest) throws MethodException {
    switch (move) {
      case "complete" -> repository().complete(newest, completion("id-1", Outcome.CREATED));
      case "abandon" -> repository().abandon(newest, because("certain"));
      case "doubt" -> repository().doubt(newest, because("unsure"));
      case "confirm" -> repository().confirm(read(), data("seen"));
      case "bury" -> repository().bury(read(), Cause.VERIFIED_GONE);
      default -> granted(ask(read(), ClaimMode.valueOf(move.substring("claim ".length()))));
    }
  }

  private static void granted(ClaimAnswer answer) throws MethodException {
    if (!(answer instanceof ClaimAnswer.Granted)) {
      throw MethodException.notMade(Failure.of(Reason.CLAIM_STALE, "not granted: " + answer));
    }
  }
}
