package dev.pawl.codegen;

import java.util.List;

/** What became of a build's models. */
public sealed interface BuildResult {
  /** Neither documents nor codegen have changed since the last build, whose files are all there. */
  record UpToDate() implements BuildResult {}

  /**
   * Models were written.
   *
   * @param documents one for each document, in the order of their file names
   */
  record Generated(List<Document> documents) implements BuildResult {
    public Generated {
      documents = List.copyOf(documents);
    }
  }

  /**
   * What came of one document.
   *
   * @param name the first part of its model types
   * @param types the model types that got a class
   * @param skipped how many POSTs got no model; the report says why
   * @param warnings sentences for people
   */
  record Document(String name, List<String> types, int skipped, List<String> warnings) {
    public Document {
      types = List.copyOf(types);
      warnings = List.copyOf(warnings);
    }
  }
}
