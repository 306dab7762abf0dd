package dev.pawl.codegen.mutate;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.function.BiFunction;

/** What is done to a document's text. */
enum Spoiling {
  TRUNCATED((text, random) -> bytes(text.substring(0, random.nextInt(text.length())))),
  FLIPPED(
      (text, random) -> {
        byte[] out = bytes(text);
        for (int i = random.nextInt(20); i >= 0; i--) {
          out[random.nextInt(out.length)] = (byte) random.nextInt(256);
        }
        return out;
      }),
  ENCODED(
      (text, random) ->
          text.getBytes(
              Charset.forName(
                  new String[] {"UTF-16", "UTF-16LE", "ISO-8859-1", "UTF-32"}[random.nextInt(4)]))),
  SPLICED(
      (text, random) -> {
        int at = random.nextInt(text.length());
        return bytes(text.substring(0, at) + Hostile.word(random) + text.substring(at));
      }),
  LINES_REPEATED(
      (text, random) -> {
        String[] lines = text.split("\n");
        int at = random.nextInt(lines.length);
        lines[at] = (lines[at] + "\n").repeat(1 + random.nextInt(4));
        return bytes(String.join("\n", lines));
      }),
  LINES_MOVED(
      (text, random) -> {
        String[] lines = text.split("\n");
        int at = random.nextInt(lines.length);
        lines[at] = " ".repeat(random.nextInt(5)) + lines[at];
        return bytes(String.join("\n", lines));
      }),
  ALIAS_BOMB(
      (text, random) -> {
        StringBuilder out = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x]\n");
        for (int i = 1; i < 3 + random.nextInt(12); i++) {
          out.append("a%d: &a%d [".formatted(i, i)).append(("*a" + (i - 1) + ", ").repeat(9));
          out.append("x]\n");
        }
        return bytes(out + text);
      }),
  ALIAS_LOOP((text, random) -> bytes("x-loop: &loop {again: *loop}\n" + text)),
  DEEP_LISTS((text, random) -> deep(text, "[", random)),
  DEEP_MAPS((text, random) -> deep(text, "{\"allOf\":[", random)),
  DEEP_INDENT(
      (text, random) -> {
        StringBuilder out = new StringBuilder(text).append("\nx-deep:\n");
        int depth = 10 + random.nextInt(1500);
        for (int i = 1; i < depth; i++) {
          out.append(" ".repeat(i)).append("a:\n");
        }
        return bytes(out + " ".repeat(depth) + "b: 1\n");
      });

  private final BiFunction<String, Random, byte[]> change;

  Spoiling(BiFunction<String, Random, byte[]> change) {
    this.change = change;
  }

  byte[] apply(String text, Random random) {
    return change.apply(text, random);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** Half of them are closed. */
  private static byte[] deep(String text, String opening, Random random) {
    int depth = 1 << random.nextInt(18);
    String close =
        new StringBuilder(opening).reverse().toString().replace('[', ']').replace('{', '}');
    close = close.replaceAll("[^\\]}]", "");
    String value = opening.repeat(depth) + (random.nextBoolean() ? "1" + close.repeat(depth) : "");
    boolean json = text.startsWith("{");
    return bytes(
        json ? "{\"x-deep\":" + value + "," + text.substring(1) : "x-deep: " + value + "\n" + text);
  }
}
