package dev.pawl.server.api.map;

import dev.pawl.model.CreateOptions;
import dev.pawl.model.CreateOptions.Adopt;
import dev.pawl.model.CreateOptions.OnChange;
import dev.pawl.model.CreateOptions.Verify;
import dev.pawl.server.failure.ServerFailure;
import dev.pawl.v1.VerifyMode;
import dev.pawl.v1.VerifyPolicy;
import java.time.Duration;

/** How a create behaves around what exists. */
public final class OptionsMapper {
  private static final Duration LONGEST_AGE = Duration.ofDays(365);

  private OptionsMapper() {}

  /** The options; the message's defaults are the safe ones. */
  public static CreateOptions options(dev.pawl.v1.CreateOptions given) {
    return new CreateOptions(
        verify(given.getVerify()),
        onChange(given.getOnChange()),
        adopt(given.getAdopt()),
        null,
        given.getRecreate());
  }

  private static Verify verify(VerifyPolicy policy) {
    boolean byAge = policy.getMode() == VerifyMode.VERIFY_MODE_OLDER_THAN;
    if (policy.hasOlderThan() && !byAge) {
      throw ServerFailure.invalidField(
          "options.verify.older_than", "goes only with the mode OLDER_THAN");
    }
    return switch (policy.getMode()) {
      case VERIFY_MODE_UNSPECIFIED, VERIFY_MODE_ALWAYS -> Verify.ALWAYS;
      case VERIFY_MODE_NEVER -> Verify.NEVER;
      case VERIFY_MODE_OLDER_THAN ->
          Verify.olderThan(
              Times.between(
                  "options.verify.older_than",
                  policy.getOlderThan(),
                  Duration.ofNanos(1),
                  LONGEST_AGE));
      case UNRECOGNIZED -> throw unknown("options.verify.mode");
    };
  }

  private static OnChange onChange(dev.pawl.v1.OnChange given) {
    return switch (given) {
      case ON_CHANGE_UNSPECIFIED, ON_CHANGE_KEEP -> OnChange.KEEP;
      case ON_CHANGE_FAIL -> OnChange.FAIL;
      case ON_CHANGE_UPDATE -> OnChange.UPDATE;
      case ON_CHANGE_REPLACE -> OnChange.REPLACE;
      case UNRECOGNIZED -> throw unknown("options.on_change");
    };
  }

  private static Adopt adopt(dev.pawl.v1.Adopt given) {
    return switch (given) {
      case ADOPT_UNSPECIFIED, ADOPT_NEVER -> Adopt.NEVER;
      case ADOPT_ON_CONFLICT -> Adopt.ON_CONFLICT;
      case UNRECOGNIZED -> throw unknown("options.adopt");
    };
  }

  private static ServerFailure unknown(String field) {
    return ServerFailure.invalidField(field, "holds a value that this server does not know");
  }
}
