package dev.pawl.server.language;

/** Reads workflow files. */
public final class WorkflowParser {
  private WorkflowParser() {}

  /**
   * Reads a workflow and checks all that can be checked without knowing the models.
   *
   * @param fileName as problems shall name it
   * @param text YAML 1.2 or JSON
   * @throws InvalidWorkflow with every problem there is
   * @throws LimitExceeded when the file is larger than the language takes
   */
  public static ParsedWorkflow parse(String fileName, String text) throws InvalidWorkflow {
    var grammar = new WorkflowGrammar(SourceReader.read(fileName, text));
    ParsedWorkflow parsed = grammar.read();
    grammar.problems().throwIfAny();
    return parsed;
  }
}
