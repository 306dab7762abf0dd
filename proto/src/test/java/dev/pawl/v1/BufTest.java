package dev.pawl.v1;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Runs buf through {@code check.sh}. Without node the tests are skipped, unless {@code
 * PAWL_REQUIRE_NODE=1} says that node must be there.
 */
class BufTest {
  private static final int NO_BUF = 75;
  private static final Path MODULE = Path.of("").toAbsolutePath();

  @Test
  void theApiIsLintCleanAndBreaksNobody() throws Exception {
    Ran check = checkScript();

    assertThat(check.exit).as(check.output).isZero();
  }

  @Test
  void lintRefusesAFieldWithoutComment(@TempDir Path copy) throws Exception {
    Path problem = copyTo(copy).resolve("problem.proto");
    Files.writeString(problem, Files.readString(problem).replaceAll("// The HTTP method.*", "//"));

    Ran lint = buf(copy, "lint");

    assertThat(lint.exit).isNotZero();
    assertThat(lint.output).contains("problem.proto", "\"method\"");
  }

  @Test
  void breakingRefusesARenumberedField(@TempDir Path copy) throws Exception {
    Path problem = copyTo(copy).resolve("problem.proto");
    Files.writeString(
        problem, Files.readString(problem).replace("string path = 2", "string path = 9"));

    Ran breaking = buf(copy, "breaking", "--against", MODULE.toString());

    assertThat(breaking.exit).isNotZero();
    assertThat(breaking.output).contains("ApiRequest");
  }

  private static Ran buf(Path directory, String... arguments) throws Exception {
    checkScript();
    String buf = MODULE.resolve("node_modules/.bin/buf").toString();
    return run(directory, Stream.concat(Stream.of(buf), Stream.of(arguments)).toList());
  }

  private static Ran checkScript() throws Exception {
    Ran check = run(MODULE, List.of("./check.sh"));
    if (check.exit == NO_BUF) {
      if ("1".equals(System.getenv("PAWL_REQUIRE_NODE"))) {
        fail("PAWL_REQUIRE_NODE=1 and yet: " + check.output);
      }
      abort("skipped: " + check.output);
    }
    return check;
  }

  private static Ran run(Path directory, List<String> command) throws Exception {
    Process process =
        new ProcessBuilder(command).directory(directory.toFile()).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Ran(process.waitFor(), output);
  }

  private static Path copyTo(Path directory) throws IOException {
    Files.copy(MODULE.resolve("buf.yaml"), directory.resolve("buf.yaml"));
    Path sources = Path.of("src/main/protobuf/pawl/v1");
    Path target = Files.createDirectories(directory.resolve(sources));
    try (Stream<Path> files = Files.list(MODULE.resolve(sources))) {
      for (Path file : files.toList()) {
        Files.copy(file, target.resolve(file.getFileName().toString()));
      }
    }
    return target;
  }

  private record Ran(int exit, String output) {}
}
