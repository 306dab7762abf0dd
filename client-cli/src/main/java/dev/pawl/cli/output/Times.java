package dev.pawl.cli.output;

import com.google.protobuf.Timestamp;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import org.jspecify.annotations.Nullable;

/** Timestamps for programs and for people. */
public final class Times {
  private static final DateTimeFormatter LOCAL =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss").withZone(ZoneId.systemDefault());

  private Times() {}

  /** RFC 3339, or null where there is none. */
  public static @Nullable String json(boolean present, Timestamp time) {
    return present ? instant(time).toString() : null;
  }

  /** In this machine's zone, or empty. */
  public static String local(boolean present, Timestamp time) {
    return present ? LOCAL.format(instant(time)) : "";
  }

  private static Instant instant(Timestamp time) {
    return Instant.ofEpochSecond(time.getSeconds(), time.getNanos());
  }
}
