package dev.pawl.codegen.infer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pawl.codegen.Traps;
import dev.pawl.model.rest.IdentityPart;
import dev.pawl.model.rest.PathValue;
import org.junit.jupiter.api.Test;

/** What of a key a path takes. */
class PathValueTest {
  private static IdentityPart own(String trap, String kind) {
    var parts =
        Traps.api(trap).resources().stream()
            .filter(r -> r.kind().equals(kind))
            .findFirst()
            .orElseThrow()
            .identity()
            .value()
            .parts();
    return parts.get(parts.size() - 1);
  }

  @Test
  void ofANameThatIsAPathTheEnd() {
    assertThat(own("values-for-paths", "project_topic"))
        .isEqualTo(IdentityPart.response("topic", "/name").taking(PathValue.LAST_SEGMENT));
  }

  @Test
  void allOfItWithItsSlashesWhereThePathSaysSo() {
    assertThat(own("values-for-paths", "note"))
        .isEqualTo(IdentityPart.response("+name", "/name").taking(new PathValue("", false, true)));
  }

  @Test
  void whatFollowsThePrefixThatTheExamplesShow() {
    assertThat(own("values-for-paths", "ref"))
        .isEqualTo(
            IdentityPart.request("ref", "/ref").taking(new PathValue("refs/", false, false)));
  }

  @Test
  void elsewhereAllOfItEncoded() {
    assertThat(own("keys-not-called-id", "tag").value()).isEqualTo(PathValue.WHOLE);
  }
}
