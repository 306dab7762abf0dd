package dev.pawl.model;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a create would do, found out by reads alone.
 *
 * @param act what it would do
 * @param data what it would give; null where only the create itself will tell
 * @param differs where what is stored was made with other arguments
 * @param reasons short sentences
 * @param unasked why the API could not be asked; null where it was, or need not be
 */
public record Preview(
    Act act,
    @Nullable JsonNode data,
    List<FieldDifference> differs,
    List<String> reasons,
    @Nullable Failure unasked) {

  /** What a create would do with its resource. */
  public enum Act {
    /** Make it: there is none. */
    CREATE,
    /** Take what is stored, unconfirmed. */
    REUSE,
    /** Confirm what is stored by a read of the API, then take it. */
    VERIFY,
    /** Make it again: the API says that it is gone. */
    RECREATE,
    /** Take over an object that exists. */
    ADOPT,
    /** Find out first what became of an earlier send. */
    IN_DOUBT,
    /** Change the existing object. */
    UPDATE
  }

  public Preview {
    requireNonNull(act, "act");
    differs = List.copyOf(differs);
    reasons = List.copyOf(reasons);
  }

  /** Nothing that exists is involved. */
  public static Preview of(Act act, String... reasons) {
    return new Preview(act, null, List.of(), List.of(reasons), null);
  }

  /** What is stored or was read is what it would give. */
  public static Preview of(Act act, @Nullable JsonNode data, String... reasons) {
    return new Preview(act, data, List.of(), List.of(reasons), null);
  }
}
