package dev.pawl.codegen.infer;

import dev.pawl.codegen.document.Schema;
import java.util.Set;

/** How alike two objects are described. */
final class Similarity {
  /** From here on two schemas are taken to describe one kind of thing. */
  static final double SAME = 0.8;

  /** From here on they may. */
  static final double LIKELY = 0.5;

  private Similarity() {}

  /** From 0, nothing in common or nothing known, to 1, the same schema. */
  static double of(Schema a, Schema b) {
    if (a == b && a.hasProperties()) {
      return 1;
    }
    double best = of(a.properties().keySet(), b.properties().keySet());
    for (Schema variant : a.variants()) {
      best = Math.max(best, plain(variant, b));
    }
    for (Schema variant : b.variants()) {
      best = Math.max(best, plain(a, variant));
    }
    return best;
  }

  private static double plain(Schema a, Schema b) {
    return a == b && a.hasProperties() ? 1 : of(a.properties().keySet(), b.properties().keySet());
  }

  /** From 0, no name in common, to 1, the same names. */
  static double of(Set<String> a, Set<String> b) {
    if (a.isEmpty() || b.isEmpty()) {
      return 0;
    }
    double both = a.size() < b.size() ? common(a, b) : common(b, a);
    double contained = both / Math.min(a.size(), b.size());
    double shared = both / (a.size() + b.size() - both);
    return (contained + shared) / 2;
  }

  private static long common(Set<String> few, Set<String> many) {
    return few.stream().filter(many::contains).count();
  }
}
