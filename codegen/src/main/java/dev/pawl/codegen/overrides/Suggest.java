package dev.pawl.codegen.overrides;

import java.util.Collection;
import java.util.Comparator;

/** Finds what somebody may have meant. */
public final class Suggest {
  private Suggest() {}

  /** {@code ; did you mean 'x'?} or nothing. */
  public static String didYouMean(String given, Collection<String> known) {
    return known.stream()
        .min(Comparator.comparingInt((String k) -> distance(given, k)).thenComparing(k -> k))
        .filter(k -> distance(given, k) <= Math.max(2, given.length() / 3))
        .map(k -> "; did you mean '" + k + "'?")
        .orElse("");
  }

  private static int distance(String a, String b) {
    int[] row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int above = row[j];
        int change = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
        row[j] = Math.min(Math.min(row[j] + 1, row[j - 1] + 1), diagonal + change);
        diagonal = above;
      }
    }
    return row[b.length()];
  }
}
