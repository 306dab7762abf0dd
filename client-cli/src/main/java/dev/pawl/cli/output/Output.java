package dev.pawl.cli.output;

import static java.util.Objects.requireNonNull;

import dev.pawl.cli.Surroundings;
import dev.pawl.cli.Terminal;
import dev.pawl.cli.failure.Failure;
import dev.pawl.cli.failure.Violation;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Help.Ansi;

/**
 * Where a command speaks. In JSON exactly one document goes to stdout and the rest to stderr; in
 * text both people's answers and progress go to stdout, and only trouble to stderr.
 */
public final class Output {
  private final Surroundings surroundings;
  private final OutputFormat format;

  public Output(Surroundings surroundings, OutputFormat format) {
    this.surroundings = requireNonNull(surroundings, "surroundings");
    this.format = requireNonNull(format, "format");
  }

  public OutputFormat format() {
    return format;
  }

  /** The answer: this document in JSON, these lines in text. */
  public void answer(Map<String, @Nullable Object> document, List<String> lines) {
    switch (format) {
      case JSON -> surroundings.out().println(Json.write(document));
      case TEXT -> lines.forEach(surroundings.out()::println);
    }
    surroundings.out().flush();
  }

  /** Something to read on the way to the answer. */
  public void progress(String line) {
    var to = format == OutputFormat.JSON ? surroundings.err() : surroundings.out();
    to.println(line);
    to.flush();
  }

  /** Something odd that does not end the command. */
  public void warning(String message) {
    surroundings.err().println(styled("@|bold,yellow warning:|@ ") + message);
    surroundings.err().flush();
  }

  public void failure(Failure failure) {
    if (format == OutputFormat.JSON) {
      answer(ErrorDocument.of(failure), List.of());
    } else {
      for (Violation violation : failure.violations()) {
        // Where there is but one, it is the message.
        if (!violation.line().equals(failure.message())) {
          surroundings.err().println(violation.line());
        }
      }
    }
    surroundings.err().println(styled("@|bold,red error:|@ ") + failure.message());
    failure.hints().forEach(hint -> surroundings.err().println("  " + hint));
    surroundings.err().flush();
  }

  private String styled(String markup) {
    boolean colour =
        surroundings.terminal().stderr() == Terminal.Kind.TERMINAL
            && surroundings.terminal().colour() == Terminal.Colour.WELCOME;
    return (colour ? Ansi.ON : Ansi.OFF).string(markup);
  }
}
