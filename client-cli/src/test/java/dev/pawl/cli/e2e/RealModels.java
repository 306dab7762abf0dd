package dev.pawl.cli.e2e;

import java.nio.file.Files;
import java.nio.file.Path;

/** A server with models generated from a document, and short times. */
final class RealModels {
  private RealModels() {}

  static PawlServerProcess server(Pawl pawl, Path home, Path document, String connection)
      throws Exception {
    Path models = Files.createDirectory(home.resolve("models"));
    pawl.run("codegen", document.toString(), "--jar", models.resolve("models.jar").toString())
        .exits(0);
    Path config =
        Files.writeString(
            home.resolve("config.yaml"),
            """
            timing: {lease: 6s, createDeadline: 4s, processingAllowance: 2s, settle: 200ms}
            """);
    return pawl.server(
        pawl.dataDirectory("data"),
        "--port",
        "0",
        "--config",
        config.toString(),
        "--models-dir",
        models.toString(),
        "--connection",
        connection);
  }
}
