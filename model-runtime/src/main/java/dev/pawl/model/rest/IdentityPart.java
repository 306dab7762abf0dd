package dev.pawl.model.rest;

import static java.util.Objects.requireNonNull;

/**
 * Where one item path parameter's value comes from after a create.
 *
 * @param parameter the item path's parameter
 * @param source where to look
 * @param pointer JSON pointer into the create's answer (RESPONSE), the arguments (REQUEST) or the
 *     operation that the create begins (OPERATION); empty for LOCATION, whose last path segment it
 *     is
 * @param value how what is found there becomes the parameter's value
 */
public record IdentityPart(String parameter, Source source, String pointer, PathValue value) {
  /** Where to look. */
  public enum Source {
    /** The create's answer. */
    RESPONSE,
    /** The arguments: a parent, or a key that the client chose. */
    REQUEST,
    /** The answer's {@code Location} header. */
    LOCATION,
    /** The operation that the create begins, at the latest when it has ended. */
    OPERATION
  }

  public IdentityPart {
    requireNonNull(parameter, "parameter");
    requireNonNull(source, "source");
    requireNonNull(pointer, "pointer");
    requireNonNull(value, "value");
  }

  /** Whose value is taken as it is. */
  public IdentityPart(String parameter, Source source, String pointer) {
    this(parameter, source, pointer, PathValue.WHOLE);
  }

  /** The same, whose value is taken so. */
  public IdentityPart taking(PathValue wanted) {
    return new IdentityPart(parameter, source, pointer, wanted);
  }

  public static IdentityPart response(String parameter, String pointer) {
    return new IdentityPart(parameter, Source.RESPONSE, pointer);
  }

  public static IdentityPart request(String parameter, String pointer) {
    return new IdentityPart(parameter, Source.REQUEST, pointer);
  }

  public static IdentityPart location(String parameter) {
    return new IdentityPart(parameter, Source.LOCATION, "");
  }
}
