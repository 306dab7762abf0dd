package dev.pawl.schema;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** What a database understands, chosen once, when it is made. */
public enum SqlProfile {
  /** All that PostgreSQL 15 and newer can do. */
  POSTGRESQL,
  /**
   * No SKIP LOCKED, no advisory locks, no partitions: for engines that speak PostgreSQL's language
   * and have not all of it.
   */
  PORTABLE;

  /** The system property with the name of the profile that counts where nobody says another. */
  public static final String PROPERTY = "pawl.sqlProfile";

  /** As written in options and files. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * The profile of a name.
   *
   * @throws IllegalArgumentException naming those that there are
   */
  public static SqlProfile of(String word) {
    return Arrays.stream(values())
        .filter(profile -> profile.word().equals(word))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "must be one of " + String.join(", ", words()) + ", is " + word));
  }

  public static List<String> words() {
    return Arrays.stream(values()).map(SqlProfile::word).toList();
  }

  /** {@link #POSTGRESQL}, unless {@link #PROPERTY} says otherwise. */
  public static SqlProfile standard() {
    return of(System.getProperty(PROPERTY, POSTGRESQL.word()));
  }
}
