package dev.pawl.server.api.map;

import com.google.protobuf.Timestamp;
import com.google.protobuf.util.Durations;
import com.google.protobuf.util.Timestamps;
import dev.pawl.server.failure.ServerFailure;
import java.time.Duration;
import java.time.Instant;

/** Instants and durations. */
public final class Times {
  private Times() {}

  public static Timestamp timestamp(Instant at) {
    return Timestamp.newBuilder().setSeconds(at.getEpochSecond()).setNanos(at.getNano()).build();
  }

  public static Instant instant(String field, Timestamp given) {
    if (!Timestamps.isValid(given)) {
      throw ServerFailure.invalidField(field, "is no time between the years 1 and 9999");
    }
    return Instant.ofEpochSecond(given.getSeconds(), given.getNanos());
  }

  static com.google.protobuf.Duration duration(Duration time) {
    return com.google.protobuf.Duration.newBuilder()
        .setSeconds(time.getSeconds())
        .setNanos(time.getNano())
        .build();
  }

  /** A duration between two others, both allowed. */
  public static Duration between(
      String field, com.google.protobuf.Duration given, Duration least, Duration most) {
    Duration time =
        Durations.isValid(given)
            ? Duration.ofSeconds(given.getSeconds(), given.getNanos())
            : Duration.ofSeconds(-1);
    if (time.compareTo(least) < 0 || time.compareTo(most) > 0) {
      throw ServerFailure.invalidField(
          field,
          "is "
              + given.getSeconds()
              + " s; it must be from "
              + least.toSeconds()
              + " s to "
              + most.toSeconds()
              + " s");
    }
    return time;
  }
}
