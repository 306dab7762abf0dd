package dev.pawl.sandbox.answer;

import dev.pawl.sandbox.document.Shape;
import dev.pawl.sandbox.document.Shapes;
import dev.pawl.sandbox.inference.Names;
import dev.pawl.sandbox.inference.ResourceKind;
import java.util.Optional;
import java.util.UUID;

/** New keys, in the form the document gives them. */
final class Identities {
  /** Integer ids begin above it, so that they are never mistaken for a count or an index. */
  private static final long FIRST_INTEGER = 1_000_000;

  private final Shapes shapes;

  Identities(Shapes shapes) {
    this.shapes = shapes;
  }

  /** A key that no other resource has; {@code number} is the resource's own. */
  String next(ResourceKind kind, Optional<View> view, long number) {
    if (view.isEmpty()) {
      return UUID.randomUUID().toString();
    }
    String name = view.get().key().orElseThrow().name();
    Shape shape =
        Optional.ofNullable(view.get().item().properties().get(name))
            .map(shapes::of)
            .orElse(Shape.ANY);
    String plain = Names.plain(name);
    if (shape.type().equals("integer") || shape.type().equals("number")) {
      return String.valueOf(FIRST_INTEGER + number);
    }
    if (isAddress(shape, plain)) {
      return address(kind, shape, number);
    }
    return text(kind, shape, plain, number);
  }

  private static boolean isAddress(Shape shape, String plain) {
    return shape.format().startsWith("ipv") || plain.equals("ip") || plain.equals("ipaddress");
  }

  /** Addresses from the ranges set aside for documentation and for benchmarks. */
  private static String address(ResourceKind kind, Shape shape, long number) {
    boolean six =
        shape.format().equals("ipv6")
            || Names.plain(kind.noun()).contains("v6")
            || Names.plain(kind.keyParameter()).contains("v6");
    return six
        ? "2001:db8::" + Long.toHexString(number & 0xffff)
        : "198." + (18 + (number >> 16 & 1)) + "." + (number >> 8 & 255) + "." + (number & 255);
  }

  private static String text(ResourceKind kind, Shape shape, String plain, long number) {
    String pattern = shape.keywords().path("pattern").asText("");
    int max = shape.keywords().path("maxLength").asInt(Integer.MAX_VALUE);
    boolean uuid =
        shape.format().equals("uuid") || plain.endsWith("uuid") || plain.endsWith("guid");
    if (uuid) {
      return UUID.randomUUID().toString();
    }
    if (!pattern.isEmpty()) {
      return PatternText.matching(pattern);
    }
    if (plain.endsWith("name") || plain.equals("slug")) {
      return Names.stem(kind.noun()) + "-" + number;
    }
    String random = max < 36 ? PatternText.hex(Math.min(max, 24)) : UUID.randomUUID().toString();
    return random;
  }
}
