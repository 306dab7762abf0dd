package dev.pawl.sandbox.inference;

import java.util.Objects;
import java.util.Set;

/**
 * A kind of thing that an API keeps.
 *
 * @param name unique in the document: the path of one item with nameless parameters
 * @param noun the collection's segment, as written
 * @param keyParameter the path parameter that names one item; {@code id} when there is no item path
 * @param references schema references that mean one item of this kind
 */
public record ResourceKind(
    String name, String noun, String keyParameter, Set<String> references, Trait trait) {

  /** What requests can do about a kind. */
  public enum Trait {
    /** Requests make it. */
    MADE,
    /** A request leaves a trace that can be read, such as an action; it is no resource. */
    TRACE,
    /** Nothing in the document makes it: it is there before anyone asks, or never. */
    GIVEN
  }

  public ResourceKind {
    Objects.requireNonNull(name);
    Objects.requireNonNull(noun);
    Objects.requireNonNull(keyParameter);
    references = Set.copyOf(references);
    Objects.requireNonNull(trait);
  }
}
