package dev.pawl.model;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;

/** Sizes in bytes of UTF-8, as limits state them, without encoding or keeping the text. */
public final class Utf8 {
  private Utf8() {}

  /** How many bytes a text has. */
  public static long length(CharSequence text) {
    long bytes = text.length();
    for (int i = 0; i < text.length(); i++) {
      bytes += more(text.charAt(i));
    }
    return bytes;
  }

  /** How many bytes a value has as compact JSON. */
  public static long lengthOfJson(JsonNode value) {
    try (Counter counter = new Counter()) {
      Json.mapper().writeValue(counter, value);
      return counter.bytes;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What a char takes beyond one byte; the two of a surrogate pair take four together. */
  private static int more(char c) {
    if (c < 0x80) {
      return 0;
    }
    return c < 0x800 || Character.isSurrogate(c) ? 1 : 2;
  }

  private static final class Counter extends Writer {
    private long bytes;

    @Override
    public void write(char[] text, int from, int length) {
      bytes += length;
      for (int i = from; i < from + length; i++) {
        bytes += more(text[i]);
      }
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
  }
}
