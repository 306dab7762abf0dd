package dev.pawl.server.api.error;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pawl.model.Reason;
import dev.pawl.v1.ErrorReason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Keeps {@code docs/errors.md} as the wire says it. Renew it with {@code mvn -pl server -am test
 * -Dtest=ErrorReasonsTest -Dpawl.renew=true}.
 */
class ErrorReasonsTest {
  private static final Path PROTO = Path.of("..", "proto/src/main/protobuf/pawl/v1/problem.proto");
  private static final Path PAGE = Path.of("..", "docs/errors.md");
  private static final Path SOURCES = Path.of("src/main/java/dev/pawl/server");
  private static final Pattern VALUE =
      Pattern.compile("((?:  //[^\\n]*\\n)+)  ERROR_REASON_([A-Z_]+) = \\d+;");

  @Test
  void thePageOfErrorsIsWhatTheWireSays() throws IOException {
    String page = page();
    if (Boolean.getBoolean("pawl.renew")) {
      Files.writeString(PAGE, page);
    }
    assertThat(PAGE).as("renew it with -Dpawl.renew=true").exists().hasContent(page);
  }

  @Test
  void everyReasonOfAModelIsOneOfTheWiresWithTheSameCode() throws IOException {
    Map<String, String> comments = comments();
    for (Reason reason : Reason.values()) {
      assertThat(comments.get(reason.name()))
          .as(reason.name())
          .startsWith(reason.code().name() + ".");
    }
  }

  /** A typo in a reason would reach clients as a word that they can't look up. */
  @Test
  void everyReasonInTheServersCodeIsOneOfTheWires() throws IOException {
    TreeSet<String> used = new TreeSet<>();
    Pattern given = Pattern.compile("Code\\.[A-Z_]+,\\s*\"([A-Z_]+)\"");
    try (Stream<Path> files = Files.walk(SOURCES)) {
      for (Path file : files.filter(f -> f.toString().endsWith(".java")).toList()) {
        Matcher matcher = given.matcher(Files.readString(file));
        while (matcher.find()) {
          used.add(matcher.group(1));
        }
      }
    }
    assertThat(used).hasSizeGreaterThan(10);
    assertThat(comments().keySet()).containsAll(used);
  }

  private static String page() throws IOException {
    StringBuilder out =
        new StringBuilder(
            """
            # Errors

            A failed call carries a `google.rpc.Status` with a `google.rpc.ErrorInfo`: its `domain` is `pawl.dev`, its
            `reason` one of the words below. A failed step carries the same words in its `error`. What is wrong with single
            fields comes as `google.rpc.BadRequest`; `field` is `file:line:column` or a path. Clients that don't know a reason
            go by the code. Trailers hold what fits into 8 KiB; `ValidateWorkflow` lists every problem of a long file.

            This page is written by `ErrorReasonsTest` from `problem.proto`.

            | reason | code | what it means |
            |---|---|---|
            """);
    comments()
        .forEach(
            (reason, comment) -> {
              int stop = comment.indexOf(". ");
              out.append("| `").append(reason).append("` | ");
              out.append(comment, 0, stop).append(" | ");
              out.append(comment.substring(stop + 2)).append(" |\n");
            });
    return out.toString();
  }

  /** Reason to its comment, in one line; the unspecified one left out. */
  private static Map<String, String> comments() throws IOException {
    Map<String, String> found = new LinkedHashMap<>();
    Matcher matcher = VALUE.matcher(Files.readString(PROTO));
    while (matcher.find()) {
      String comment = matcher.group(1).replaceAll("\\n?  // ?", " ").strip();
      if (!matcher.group(2).equals("UNSPECIFIED")) {
        found.put(matcher.group(2), comment);
      }
    }
    assertThat(found).hasSize(ErrorReason.values().length - 2);
    return found;
  }
}
