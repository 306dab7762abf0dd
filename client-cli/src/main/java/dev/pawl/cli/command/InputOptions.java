package dev.pawl.cli.command;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import picocli.CommandLine.Option;

/** The {@code --input} options as the one JSON object that the server takes. */
final class InputOptions {
  private static final String NAME = "--input";

  @Option(
      names = NAME,
      paramLabel = "NAME=VALUE",
      order = 10,
      description =
          "An input; a value that is JSON is taken as such unless the input is a string."
              + " Repeatable.")
  List<String> inputs = new ArrayList<>();

  /** Refuses what is no NAME=VALUE, before anything is started for it. */
  void check() {
    NamedValues.texts(NAME, inputs);
  }

  /**
   * The inputs as JSON; empty if there are none.
   *
   * @param strings the inputs whose type is string: their values are never read as JSON
   */
  String json(Set<String> strings) {
    return NamedValues.json(NAME, inputs, strings);
  }
}
