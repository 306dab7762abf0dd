package dev.pawl.server.api.map;

import dev.pawl.model.Reason;
import dev.pawl.server.failure.ServerFailure;
import dev.pawl.server.failure.ServerFailure.Violation;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Checks of request fields, each as the wire's comments state it. */
public final class Fields {
  public static final String DEFAULT_NAMESPACE = "default";
  public static final int MAX_WORDS = 1024;
  public static final int MAX_NAME = 255;

  private static final Pattern NAMESPACE = Pattern.compile("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?");

  private Fields() {}

  /** The tenant; empty means {@code default}. */
  public static String namespace(String given) {
    return namespace("namespace", given);
  }

  static String namespace(String field, String given) {
    if (given.isEmpty()) {
      return DEFAULT_NAMESPACE;
    }
    if (!NAMESPACE.matcher(given).matches()) {
      throw ServerFailure.invalidField(
          field,
          "'"
              + given
              + "' must be 1 to 63 characters of a-z, 0-9 and '-', beginning and ending with a"
              + " letter or digit");
    }
    return given;
  }

  /** A text that must be there. */
  public static String required(String field, String given, int max) {
    if (given.isEmpty()) {
      throw ServerFailure.invalidField(field, "is required");
    }
    return limited(field, given, max);
  }

  /** A text that may be empty. */
  public static String limited(String field, String given, int max) {
    int length = given.codePointCount(0, given.length());
    if (length > max) {
      throw ServerFailure.invalidField(
          field, "has " + length + " characters; at most " + max + " are allowed");
    }
    if (given.indexOf(0) >= 0) {
      // PostgreSQL's text can't hold it.
      throw ServerFailure.invalidField(field, "must not contain the character U+0000");
    }
    return given;
  }

  /** A number from 0 up. */
  public static long notNegative(String field, long given) {
    if (given < 0) {
      throw ServerFailure.invalidField(field, "is " + given + "; it must not be negative");
    }
    return given;
  }

  /** An attempt's or version's number, from 1 up; null where none was given. */
  public static @Nullable Integer fromOne(String field, boolean isGiven, int given) {
    if (!isGiven) {
      return null;
    }
    if (given < 1) {
      throw ServerFailure.invalidField(field, "is " + given + "; it counts from 1");
    }
    return given;
  }

  /** A key under which a call may be repeated; null where none was given. */
  public static @Nullable String idempotencyKey(boolean isGiven, String given) {
    if (!isGiven) {
      return null;
    }
    int length = given.codePointCount(0, given.length());
    if (length == 0 || length > MAX_NAME) {
      throw badKey(
          "has " + length + " characters; it must have 1 to " + MAX_NAME + ", or be left out");
    }
    if (given.indexOf(0) >= 0) {
      throw badKey("must not contain the character U+0000");
    }
    return given;
  }

  private static ServerFailure badKey(String message) {
    return new ServerFailure(
        Reason.Code.INVALID_ARGUMENT,
        "INVALID_IDEMPOTENCY_KEY",
        "idempotency_key: " + message,
        List.of(new Violation("idempotency_key", message, "")));
  }
}
