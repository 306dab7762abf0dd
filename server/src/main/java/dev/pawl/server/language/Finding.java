package dev.pawl.server.language;

import java.util.ArrayList;
import java.util.List;
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

  Finding withKnown(Set<String> names) {
    return new Finding(location, keyword, property, message, names, choice);
  }

  /** The branches of one choice that each want another type, said as one. */
  static List<Finding> merged(List<Finding> findings) {
    var merged = new ArrayList<Finding>();
    for (Finding finding : findings) {
      int same = -1;
      for (int i = 0; i < merged.size(); i++) {
        same = finding.isBesides(merged.get(i)) ? i : same;
      }
      if (same < 0) {
        merged.add(finding);
      } else {
        merged.set(same, merged.get(same).or(finding));
      }
    }
    return merged;
  }

  private boolean isBesides(Finding other) {
    return choice
        && other.choice
        && keyword.equals("type")
        && other.keyword.equals("type")
        && location.equals(other.location);
  }

  private Finding or(Finding other) {
    String rest = message.substring(message.indexOf(", is "));
    String wants = message.substring(0, message.indexOf(", is "));
    String also = other.message.substring("must be ".length(), other.message.indexOf(", is "));
    return new Finding(location, keyword, property, wants + " or " + also + rest, known, choice);
  }
}
