package dev.pawl.model;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;

/**
 * A piece of a step's work whose result is kept, so that a later attempt does not do it again. Its
 * author says beforehand what is to happen when nobody knows whether it was done: a server may die
 * between the work and the writing down of its result.
 *
 * <pre>{@code
 * JsonNode invoice =
 *     context.checkpoint(
 *         Checkpoint.reconcile("invoice", () -> findInvoice(order)).of(order),
 *         () -> sendInvoice(order));
 * }</pre>
 *
 * @param name unique within one call of the method; 1 to 127 characters, none of them a control
 *     character
 * @param input what the work depends on: a result is kept for the same input only; JSON null where
 *     it depends on nothing
 * @param onUnknown what is done about work that was begun and whose outcome is not known
 */
public record Checkpoint(String name, JsonNode input, OnUnknown onUnknown) {
  /** The longest name, in characters. */
  public static final int MAX_NAME = 127;

  /** The largest result, in bytes of its JSON. */
  public static final int MAX_RESULT = 1 << 20;

  /** What is done about work whose outcome is not known. */
  public sealed interface OnUnknown {}

  /** It is done again. */
  public record Rerun() implements OnUnknown {}

  /** Somebody looks what became of it. */
  public record Reconcile(Look look) implements OnUnknown {
    public Reconcile {
      requireNonNull(look, "look");
    }
  }

  /** The step fails with IN_DOUBT until a person has decided. */
  public record InDoubt() implements OnUnknown {}

  /** Finds out what became of the work, without any effect of its own. */
  @FunctionalInterface
  public interface Look {
    /**
     * Looks.
     *
     * @throws MethodException where it could not look; the outcome stays unknown
     */
    Finding run() throws MethodException, InterruptedException;
  }

  /** What a {@link Look} has found. */
  public sealed interface Finding {
    /** The work was done; this is its result, which may be JSON null. */
    static Finding done(JsonNode result) {
      return new Done(result);
    }

    /** The work was certainly not done and will not come about later; it is done now. */
    static Finding notDone() {
      return new NotDone();
    }

    /** It can't be told: the step fails with IN_DOUBT. */
    static Finding unknown(String why) {
      return new Unknown(why);
    }
  }

  /** See {@link Finding#done}. */
  public record Done(JsonNode result) implements Finding {
    public Done {
      requireNonNull(result, "result");
    }
  }

  /** See {@link Finding#notDone}. */
  public record NotDone() implements Finding {}

  /** See {@link Finding#unknown}. */
  public record Unknown(String why) implements Finding {
    public Unknown {
      requireNonNull(why, "why");
    }
  }

  /**
   * Checks.
   *
   * @throws IllegalArgumentException for a name that is empty, too long or has control characters
   */
  public Checkpoint {
    requireNonNull(name, "name");
    requireNonNull(input, "input");
    requireNonNull(onUnknown, "onUnknown");
    int length = name.codePointCount(0, name.length());
    if (length == 0 || length > MAX_NAME || name.chars().anyMatch(Character::isISOControl)) {
      throw new IllegalArgumentException(
          "a checkpoint's name has 1 to "
              + MAX_NAME
              + " characters, none of them a control character; this one has "
              + length);
    }
  }

  /** For work that may be done twice without harm: it is done again. */
  public static Checkpoint rerun(String name) {
    return new Checkpoint(name, NullNode.getInstance(), new Rerun());
  }

  /** For work that can be looked for: {@code look} decides. */
  public static Checkpoint reconcile(String name, Look look) {
    return new Checkpoint(name, NullNode.getInstance(), new Reconcile(look));
  }

  /** For work that must not be done twice and can't be looked for: a person decides. */
  public static Checkpoint inDoubt(String name) {
    return new Checkpoint(name, NullNode.getInstance(), new InDoubt());
  }

  /** The same for this input. */
  public Checkpoint of(JsonNode newInput) {
    return new Checkpoint(name, newInput, onUnknown);
  }
}
