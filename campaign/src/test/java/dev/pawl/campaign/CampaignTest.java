package dev.pawl.campaign;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pawl.campaign.process.Trouble;
import dev.pawl.campaign.process.Trouble.Kind;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The short form of the campaign; {@code bench/crash} is the whole of it. */
@NullUnmarked // a null where none belongs fails the test
class CampaignTest {
  private static final int RANDOM_CASES = 400;
  private static final List<Fault> FAULTS =
      List.of(
          Fault.NONE,
          Fault.LOST_BEFORE_COMMIT,
          Fault.LOST_AFTER_COMMIT,
          Fault.LATE_COMMIT,
          Fault.LIST_LAG,
          Fault.READ_LAG_LOST);

  @ParameterizedTest
  @EnumSource
  void whereverItDiesThePromisesAreKept(Strategy strategy) {
    Tally tally = new Tally();
    for (Fault fault : FAULTS) {
      new Exhaustive(strategy, fault, Control.PRODUCTION, tally).deaths(1);
    }
    assertKept(tally, 6 * 50);
  }

  @ParameterizedTest
  @EnumSource
  void whateverElseStrikesThePromisesAreKept(Strategy strategy) {
    Tally tally = new Tally();
    Exhaustive cell = new Exhaustive(strategy, Fault.LOST_AFTER_COMMIT, Control.PRODUCTION, tally);
    cell.doubleDeaths(7);
    cell.stops(5, List.of(4, 30));
    cell.others(5);
    assertKept(tally, 100);
  }

  @ParameterizedTest
  @EnumSource
  void undisturbedEveryFaultEndsWell(Strategy strategy) {
    Tally tally = new Tally();
    Stream.of(Fault.values())
        .filter(f -> f.concerns(strategy) && f.kind() == Fault.Kind.WITHIN)
        .forEach(f -> tally.accept(World.run(Case.of(strategy, f, List.of()), Control.PRODUCTION)));
    assertKept(tally, 20);
  }

  @Test
  void severalFaultsAndTroublesAtOnce() {
    Tally tally = new Tally();
    for (long seed = 1; seed <= RANDOM_CASES; seed++) {
      tally.accept(World.run(RandomCase.of(seed), Control.PRODUCTION));
    }
    assertKept(tally, RANDOM_CASES);
  }

  @Test
  void aCaseRunsTheSameEveryTime() {
    Case what =
        Case.of(
            Strategy.NATURAL_KEY,
            Fault.LOST_AFTER_COMMIT,
            List.of(new Trouble(1, 21, Kind.STOPS, 5), Trouble.dies(2, 17)));
    assertThat(World.run(what, Control.PRODUCTION).explain())
        .isEqualTo(World.run(what, Control.PRODUCTION).explain());
  }

  /** What the whole campaign has found, and what was then mended. */
  @ParameterizedTest
  @MethodSource
  void whatWasFoundStaysMended(Strategy strategy, Fault fault, List<Trouble> troubles) {
    Result result = World.run(Case.of(strategy, fault, troubles), Control.PRODUCTION);
    assertThat(result.violations()).as(result.explain()).isEmpty();
  }

  static Stream<Arguments> whatWasFoundStaysMended() {
    return Stream.of(
        Arguments.of(
            Strategy.CLIENT_ID, Fault.REFUSED_422, List.of(new Trouble(1, 5, Kind.STOPS, 30))),
        Arguments.of(
            Strategy.MARKER, Fault.LATEST_COMMIT_LAG, List.of(new Trouble(1, 91, Kind.STOPS, 9))),
        Arguments.of(
            Strategy.KEY_THEN_NATURAL_KEY,
            Fault.REMOVED_IDS_REUSED,
            List.of(Trouble.dies(1, 28), Trouble.dies(2, 10))),
        Arguments.of(
            Strategy.NATURAL_KEY,
            Fault.REMOVED_IDS_REUSED,
            List.of(Trouble.dies(1, 29), Trouble.dies(2, 15))));
  }

  /** Seeds of the same. */
  @ParameterizedTest
  @ValueSource(longs = {8892, 16654, 38733, 136266, 328207, 708828})
  void whatSeedsFoundStaysMended(long seed) {
    Result result = World.run(RandomCase.of(seed), Control.PRODUCTION);
    assertThat(result.violations()).as(result.explain()).isEmpty();
  }

  /** What is not seen any more is taken off the list. */
  @Test
  void whatIsKnownIsStillSeen() {
    Result result = World.run(RandomCase.of(104668), Control.PRODUCTION);
    assertThat(result.violations())
        .as("mended: take it off the list of what is known")
        .isNotEmpty()
        .allMatch(v -> Known.covers(result, v));
  }

  private static void assertKept(Tally tally, int atLeast) {
    assertThat(tally.cases()).isGreaterThanOrEqualTo(atLeast);
    assertThat(tally.examples()).extracting(Result::explain).isEmpty();
  }
}
