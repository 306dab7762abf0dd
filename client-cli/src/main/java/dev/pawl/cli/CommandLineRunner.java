package dev.pawl.cli;

import dev.pawl.cli.command.PawlCommand;
import dev.pawl.cli.failure.ExitCode;
import dev.pawl.cli.failure.Failure;
import dev.pawl.cli.failure.Failures;
import dev.pawl.cli.output.Json;
import dev.pawl.cli.output.Output;
import dev.pawl.cli.output.OutputFormat;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** Runs one command line and turns whatever comes of it into an exit code. */
public final class CommandLineRunner {
  private final Surroundings surroundings;

  public CommandLineRunner(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  public int run(String... arguments) {
    OutputFormat format = askedFor(Arrays.asList(arguments));
    return new CommandLine(PawlCommand.class, new CommandFactory(surroundings))
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setOut(surroundings.out())
        .setErr(surroundings.err())
        .setColorScheme(CommandLine.Help.defaultColorScheme(ansi()))
        .setParameterExceptionHandler((e, args) -> misused(e, format))
        .setExecutionStrategy(parsed -> execute(parsed, format))
        .setExecutionExceptionHandler((e, command, parsed) -> failed(e, format))
        .execute(arguments);
  }

  /** The parser prints versions by itself, and always as text. */
  private int execute(ParseResult parsed, OutputFormat format) {
    if (format == OutputFormat.JSON && asksForVersion(parsed)) {
      try {
        new Output(surroundings, format)
            .answer(Json.object("version", PawlCommand.version()), List.of());
        return ExitCode.OK.code();
      } catch (IOException e) {
        return failed(e, format);
      }
    }
    return new CommandLine.RunLast().execute(parsed);
  }

  private static boolean asksForVersion(ParseResult parsed) {
    return parsed.isVersionHelpRequested()
        || (parsed.hasSubcommand() && asksForVersion(parsed.subcommand()));
  }

  private int misused(ParameterException e, OutputFormat format) {
    Failure failure = Failure.usage(String.valueOf(e.getMessage()));
    String help = e.getCommandLine().getCommandSpec().qualifiedName() + " --help";
    new Output(surroundings, format).failure(failure.withHints(hints(e, "see: " + help)));
    return ExitCode.USAGE.code();
  }

  private static String[] hints(ParameterException e, String help) {
    if (e instanceof UnmatchedArgumentException unmatched) {
      List<String> near = unmatched.getSuggestions();
      if (!near.isEmpty()) {
        return new String[] {
          "did you mean: " + String.join(" or ", near.subList(0, Math.min(near.size(), 2))) + "?",
          help
        };
      }
    }
    return new String[] {help};
  }

  private int failed(Exception e, OutputFormat format) {
    Failure failure = Failures.of(e);
    new Output(surroundings, format).failure(failure);
    if (surroundings.variable("PAWL_DEBUG").isPresent()) {
      e.printStackTrace(surroundings.err());
    }
    return failure.exitCode().code();
  }

  private Ansi ansi() {
    boolean colour =
        surroundings.terminal().stdout() == Terminal.Kind.TERMINAL
            && surroundings.terminal().colour() == Terminal.Colour.WELCOME;
    return colour ? Ansi.ON : Ansi.OFF;
  }

  /** Read by hand, since a command line that can't be parsed must be answered in JSON as well. */
  private static OutputFormat askedFor(List<String> arguments) {
    for (int i = 0; i < arguments.size(); i++) {
      String argument = arguments.get(i);
      String value =
          switch (argument) {
            case "-o", "--output" -> i + 1 < arguments.size() ? arguments.get(i + 1) : "";
            default -> argument.replaceFirst("^(--output=|-o=?)", "");
          };
      if (argument.matches("(-o|--output).*") && value.equalsIgnoreCase("json")) {
        return OutputFormat.JSON;
      }
    }
    return OutputFormat.TEXT;
  }
}
