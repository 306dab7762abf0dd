package dev.pawl.sandbox.answer;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pawl.sandbox.document.Shape;
import dev.pawl.sandbox.document.Shapes;
import dev.pawl.sandbox.inference.Names;
import java.util.List;
import java.util.Set;

/** Which fields an answer holds although nobody gave them a value. */
final class Wanted {
  private static final Set<String> IDENTITIES = Set.of("id", "uuid", "guid", "sid");

  /** Fields that would say of a fresh thing that it is gone, broken or about to be. */
  private static final List<String> ENDINGS =
      List.of(
          "delet",
          "destroy",
          "remov",
          "expir",
          "cancel",
          "terminat",
          "fail",
          "error",
          "archiv",
          "revok",
          "suspend",
          "disabled",
          "closed",
          "locked",
          "retired",
          "ended",
          "finished",
          "next",
          "previous");

  private Wanted() {}

  static boolean isWanted(Shapes shapes, String field, Shape shape, boolean required) {
    String plain = Names.plain(field);
    if (ENDINGS.stream().anyMatch(plain::contains)) {
      return required && !(plain.contains("delet") && shape.choices().isEmpty());
    }
    if (required) {
      return true;
    }
    if (shape.isObject()) {
      return holdsStatus(shapes, plain, shape);
    }
    return isScalarWanted(field, plain, shape);
  }

  private static boolean isScalarWanted(String field, String plain, Shape shape) {
    JsonNode given = shape.keywords().path("default");
    boolean hasDefault = !given.isMissingNode() && !given.isNull();
    return hasDefault
        || shape.readOnly()
        || IDENTITIES.contains(plain)
        || Readiness.isStatus(field, shape)
        || (Scalars.isTime(field, shape) && Scalars.isPast(field));
  }

  private static boolean holdsStatus(Shapes shapes, String plain, Shape shape) {
    return (plain.equals("status") || plain.equals("state"))
        && shape.properties().entrySet().stream()
            .anyMatch(
                property -> Readiness.isStatus(property.getKey(), shapes.of(property.getValue())));
  }
}
