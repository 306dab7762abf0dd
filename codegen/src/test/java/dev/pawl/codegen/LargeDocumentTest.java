package dev.pawl.codegen;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A document of more than 10 MB, generated in a JVM of its own that has little memory. */
class LargeDocumentTest {
  private static final long TEN_MB = 10_000_000;
  private static final int KINDS = 400;
  private static final int MEMBERS = 60;

  /** Some ten times what it takes on a quiet machine. */
  private static final long SECONDS = 180;

  @TempDir Path folder;

  @Test
  void isGeneratedInBoundedTimeAndMemory() throws Exception {
    Path spec = folder.resolve("large.yaml");
    try (BufferedWriter out = Files.newBufferedWriter(spec)) {
      write(out);
    }
    assertThat(Files.size(spec)).isGreaterThan(TEN_MB);
    Path said = folder.resolve("said.txt");
    Path models = folder.resolve("models");

    Process process =
        new ProcessBuilder(
                List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-Xmx1g",
                    "-cp",
                    System.getProperty("java.class.path"),
                    GenerateOne.class.getName(),
                    spec.toString(),
                    models.toString()))
            .redirectErrorStream(true)
            .redirectOutput(said.toFile())
            .start();
    boolean ended = process.waitFor(SECONDS, TimeUnit.SECONDS);
    process.destroyForcibly().waitFor();

    assertThat(ended).as("ended within " + SECONDS + " s").isTrue();
    assertThat(process.exitValue()).as(Files.readString(said)).isZero();
    try (Stream<Path> files = Files.walk(models)) {
      assertThat(files.filter(f -> f.toString().endsWith(".java"))).hasSize(KINDS + 1);
    }
  }

  /** The main class of the other JVM. */
  static final class GenerateOne {
    private GenerateOne() {}

    public static void main(String[] args) {
      Codegen.run(CodegenOptions.of(Path.of(args[0])).withOut(Path.of(args[1])));
    }
  }

  private static void write(BufferedWriter out) throws IOException {
    out.write("openapi: 3.0.3\ninfo: {title: Large, version: '1'}\npaths:\n");
    for (int i = 0; i < KINDS; i++) {
      String schema = "{content: {application/json: {schema: {$ref: '#/components/schemas/K" + i;
      String answer = "{description: it, " + schema.substring(1) + "'}}}}";
      out.write("  /kind" + i + "s:\n    post:\n      requestBody: " + schema + "'}}}}\n");
      out.write("      responses: {'201': " + answer + "}\n");
      out.write("  /kind" + i + "s/{id}:\n    get:\n      responses: {'200': " + answer + "}\n");
      out.write("    delete: {responses: {'204': {description: gone}}}\n");
    }
    out.write("components:\n  schemas:\n");
    for (int i = 0; i < KINDS; i++) {
      out.write("    K" + i + ":\n      type: object\n      properties:\n");
      out.write("        id: {type: string, readOnly: true}\n");
      for (int m = 0; m < MEMBERS; m++) {
        out.write(
            "        member_" + m + ":\n          type: " + (m % 2 == 0 ? "string" : "integer"));
        out.write("\n          description: >-\n");
        for (int line = 0; line < 5; line++) {
          out.write("            Line " + line + " of what member " + m + " of kind " + i);
          out.write(" is for, in as many words as documents have.\n");
        }
      }
      if (i % 4 != 0) {
        out.write("        next: {$ref: '#/components/schemas/K" + (i + 1) % KINDS + "'}\n");
      }
    }
  }
}
