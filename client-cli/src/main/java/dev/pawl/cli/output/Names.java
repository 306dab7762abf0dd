package dev.pawl.cli.output;

import com.google.protobuf.ProtocolMessageEnum;
import dev.pawl.v1.Outcome;
import org.jspecify.annotations.Nullable;

/** The names of protobuf's enum values as people and documents know them. */
public final class Names {
  private Names() {}

  /** {@code RUN_STATUS_FAILED} of RunStatus is {@code FAILED}; an unknown number is itself. */
  public static String of(ProtocolMessageEnum value) {
    if (((Enum<?>) value).name().equals("UNRECOGNIZED")) {
      return "UNKNOWN";
    }
    String type = value.getDescriptorForType().getName();
    String prefix = type.replaceAll("([a-z])([A-Z])", "$1_$2").toUpperCase(java.util.Locale.ROOT);
    return ((Enum<?>) value).name().substring(prefix.length() + 1);
  }

  /** The outcome's name; null for a step that has not succeeded. */
  public static @Nullable String outcome(Outcome outcome) {
    return outcome == Outcome.OUTCOME_UNSPECIFIED ? null : of(outcome);
  }
}
