package dev.pawl.sandbox.inference;

import java.util.Locale;

/** Comparing names that mean the same thing: case, separators and plurals don't count. */
public final class Names {
  private Names() {}

  /**
   * Lower case letters and digits only: {@code FriendlyName} and {@code friendly_name} are equal.
   */
  public static String plain(String name) {
    StringBuilder plain = new StringBuilder(name.length());
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      if (Character.isLetterOrDigit(c)) {
        plain.append(c);
      }
    }
    return plain.toString().toLowerCase(Locale.ROOT);
  }

  /** A stem shared by a noun's singular and plural; it is for comparing, not for reading. */
  public static String stem(String name) {
    String plain = plain(name);
    if (plain.endsWith("ies") && plain.length() > 4) {
      return plain.substring(0, plain.length() - 3) + "y";
    }
    if (plain.endsWith("s") && !plain.endsWith("ss") && plain.length() > 2) {
      plain = plain.substring(0, plain.length() - 1);
    }
    return plain.endsWith("e") && plain.length() > 3
        ? plain.substring(0, plain.length() - 1)
        : plain;
  }

  public static boolean sameNoun(String first, String second) {
    return stem(first).equals(stem(second));
  }
}
