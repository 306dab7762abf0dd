package dev.pawl.codegen;

import dev.pawl.codegen.document.ApiDocument;
import dev.pawl.codegen.infer.InferApi;
import java.nio.file.Path;

/** Runs codegen from a build. */
public final class Main {
  private Main() {}

  public static void main(String[] args) {
    System.out.println(
        Report.of(new InferApi(ApiDocument.read(Path.of(args[0])), args[1]).run())
            .toPrettyString());
  }
}
