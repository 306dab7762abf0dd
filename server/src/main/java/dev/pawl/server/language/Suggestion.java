package dev.pawl.server.language;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** The nearest known name to a mistyped one, by edits: insert, delete, replace, swap neighbours. */
public final class Suggestion {
  private static final int LONGEST = 100;

  private Suggestion() {}

  /** The nearest of the known names, when it is near enough to have been meant. */
  public static Optional<String> nearest(String typed, Collection<String> known) {
    if (typed.length() > LONGEST) {
      return Optional.empty();
    }
    record Near(String name, int distance) {}
    return known.stream()
        .filter(name -> !name.equals(typed))
        .map(name -> new Near(name, distance(typed, name)))
        .filter(near -> near.distance <= allowed(typed, near.name))
        .min(Comparator.comparingInt(Near::distance).thenComparing(Near::name))
        .map(Near::name);
  }

  private static int allowed(String typed, String name) {
    int shorter = Math.min(typed.length(), name.length());
    return shorter < 3 ? 0 : Math.max(1, shorter / 3);
  }

  /** Damerau-Levenshtein distance (optimal string alignment); letter case is free. */
  static int distance(String a, String b) {
    String x = a.toLowerCase(Locale.ROOT);
    String y = b.toLowerCase(Locale.ROOT);
    int[][] d = new int[x.length() + 1][y.length() + 1];
    for (int i = 0; i <= x.length(); i++) {
      d[i][0] = i;
    }
    for (int j = 0; j <= y.length(); j++) {
      d[0][j] = j;
    }
    for (int i = 1; i <= x.length(); i++) {
      for (int j = 1; j <= y.length(); j++) {
        int replace = d[i - 1][j - 1] + (x.charAt(i - 1) == y.charAt(j - 1) ? 0 : 1);
        d[i][j] = Math.min(replace, Math.min(d[i - 1][j], d[i][j - 1]) + 1);
        if (swapped(x, y, i, j)) {
          d[i][j] = Math.min(d[i][j], d[i - 2][j - 2] + 1);
        }
      }
    }
    return d[x.length()][y.length()];
  }

  private static boolean swapped(String x, String y, int i, int j) {
    return i > 1
        && j > 1
        && x.charAt(i - 1) == y.charAt(j - 2)
        && x.charAt(i - 2) == y.charAt(j - 1);
  }
}
