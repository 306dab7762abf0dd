package dev.pawl.campaign;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pawl.campaign.controls.Dropped;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** With a precaution taken out, the campaign has to see the harm; with it in, it sees none. */
@NullUnmarked // a null where none belongs fails the test
class NegativeControlTest {

  @ParameterizedTest
  @EnumSource
  void isNoticed(Dropped precaution) {
    assertThat(violations(precaution, precaution)).containsAnyElementsOf(precaution.harm());
    assertThat(violations(precaution, Control.PRODUCTION))
        .as("the same cell with everything in place")
        .doesNotContainAnyElementsOf(precaution.harm());
  }

  private static Set<Violation.Kind> violations(Dropped precaution, Control control) {
    Set<Violation.Kind> seen = EnumSet.noneOf(Violation.Kind.class);
    precaution.run(control, 2, r -> r.violations().forEach(v -> seen.add(v.kind())));
    return seen;
  }
}
