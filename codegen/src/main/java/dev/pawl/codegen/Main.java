package dev.pawl.codegen;

import dev.pawl.codegen.document.CodegenException;
import java.nio.file.Path;

/** Runs codegen from a build: {@code SPECS_FOLDER SOURCES_FOLDER RESOURCES_FOLDER}. */
public final class Main {
  private Main() {}

  /** Exits with 1 and a message when a document cannot be used. */
  public static void main(String[] args) {
    if (args.length != 3) {
      System.err.println("usage: SPECS_FOLDER SOURCES_FOLDER RESOURCES_FOLDER");
      System.exit(2);
    }
    try {
      BuildModels.run(
          BuildOptions.of(Path.of(args[0]), Path.of(args[1]), Path.of(args[2])), step -> {});
    } catch (CodegenException e) {
      System.err.println(e.getMessage());
      System.exit(1);
    }
  }
}
