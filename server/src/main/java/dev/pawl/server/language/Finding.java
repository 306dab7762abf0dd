package dev.pawl.server.language;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A value that does not fit its JSON Schema.
 *
 * @param location of the value, from the checked value's root
 * @param keyword the schema's word that it breaks
 * @param property the missing or unknown property; null where there is none
 * @param message what is wrong, without the location
 * @param known the properties there are, where one is unknown
 * @param choice whether it was found inside anyOf, oneOf and the like, where another branch may fit
 */
record Finding(
    Path location,
    String keyword,
    @Nullable String property,
    String message,
    Set<String> known,
    boolean choice) {
  Finding {
    known = Set.copyOf(known);
  }

  boolean isUnknownProperty() {
    return property != null && !isMissingProperty();
  }

  boolean isMissingProperty() {
    return property != null && keyword.equals("required");
  }
}
