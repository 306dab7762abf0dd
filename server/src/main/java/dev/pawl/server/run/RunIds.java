package dev.pawl.server.run;

import java.time.Instant;
import java.time.InstantSource;
import java.util.random.RandomGenerator;

/** Makes run ids: 26 characters, base32 without look-alikes, ordered by creation time. */
public final class RunIds {
  /** In ascending order. */
  public static final String ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz";

  private static final int TIME_CHARS = 10;
  private static final int RANDOM_CHARS = 16;

  private final InstantSource clock;
  private final RandomGenerator random;

  public RunIds(InstantSource clock, RandomGenerator random) {
    this.clock = clock;
    this.random = random;
  }

  public String next() {
    StringBuilder id = new StringBuilder(prefix(clock.instant()));
    for (int i = 0; i < RANDOM_CHARS; i++) {
      id.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
    }
    return id.toString();
  }

  /** How the ids of a millisecond begin; ids made before it are less. */
  public static String prefix(Instant at) {
    char[] out = new char[TIME_CHARS];
    long time = at.toEpochMilli();
    for (int i = TIME_CHARS - 1; i >= 0; i--) {
      out[i] = ALPHABET.charAt((int) (time & 31));
      time >>>= 5;
    }
    return new String(out);
  }

  /** Whether a text has the form of an id. */
  public static boolean isOne(String text) {
    return text.length() == TIME_CHARS + RANDOM_CHARS
        && text.chars().allMatch(c -> ALPHABET.indexOf(c) >= 0);
  }

  /** When an id was made, by how it begins. */
  public static Instant timeOf(String id) {
    long time = 0;
    for (int i = 0; i < TIME_CHARS; i++) {
      time = time << 5 | ALPHABET.indexOf(id.charAt(i));
    }
    return Instant.ofEpochMilli(time);
  }
}
