package dev.pawl.server.run;

import java.time.InstantSource;
import java.util.random.RandomGenerator;

/** Makes run ids: 26 characters, base32 without look-alikes, ordered by creation time. */
public final class RunIds {
  private static final String ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz";
  private static final int TIME_CHARS = 10;
  private static final int RANDOM_CHARS = 16;

  private final InstantSource clock;
  private final RandomGenerator random;

  public RunIds(InstantSource clock, RandomGenerator random) {
    this.clock = clock;
    this.random = random;
  }

  public String next() {
    char[] out = new char[TIME_CHARS + RANDOM_CHARS];
    long time = clock.millis();
    for (int i = TIME_CHARS - 1; i >= 0; i--) {
      out[i] = ALPHABET.charAt((int) (time & 31));
      time >>>= 5;
    }
    for (int i = TIME_CHARS; i < out.length; i++) {
      out[i] = ALPHABET.charAt(random.nextInt(ALPHABET.length()));
    }
    return new String(out);
  }
}
