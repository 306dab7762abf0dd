package dev.pawl.server.api.map;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pawl.model.MethodKind;
import dev.pawl.model.Outcome;
import dev.pawl.model.data.ResourceState;
import dev.pawl.server.run.AttemptReason;
import dev.pawl.server.run.PlannedStep;
import dev.pawl.server.run.RunStatus;
import dev.pawl.server.run.StepStatus;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** The nouns' words and the wire's are the same but for the prefix: the mappers rely on it. */
class WordsTest {
  @Test
  void everyWordOfTheNounsIsOneOfTheWireAndTheOtherWayRound() {
    Map<Enum<?>[], List<? extends Enum<?>>> pairs =
        Map.of(
            Outcome.values(), List.of(dev.pawl.v1.Outcome.values()),
            RunStatus.values(), List.of(dev.pawl.v1.RunStatus.values()),
            StepStatus.values(), List.of(dev.pawl.v1.StepStatus.values()),
            AttemptReason.values(), List.of(dev.pawl.v1.AttemptReason.values()),
            ResourceState.values(), List.of(dev.pawl.v1.DataState.values()),
            MethodKind.values(), List.of(dev.pawl.v1.MethodKind.values()),
            PlannedStep.Action.values(), List.of(dev.pawl.v1.PlanAction.values()),
            PlannedStep.CreateAction.values(), List.of(dev.pawl.v1.CreateAction.values()));
    pairs.forEach(
        (nouns, wire) -> {
          String zero = wire.getFirst().name();
          String prefix = zero.substring(0, zero.length() - "UNSPECIFIED".length());
          TreeSet<String> words = new TreeSet<>();
          wire.forEach(word -> words.add(word.name()));
          words.removeAll(List.of(zero, "UNRECOGNIZED"));
          TreeSet<String> wanted = new TreeSet<>();
          Arrays.stream(nouns).forEach(noun -> wanted.add(prefix + noun.name()));
          assertThat(words).as(prefix).isEqualTo(wanted);
        });
  }
}
