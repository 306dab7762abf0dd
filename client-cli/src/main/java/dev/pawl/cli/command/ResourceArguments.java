package dev.pawl.cli.command;

import dev.pawl.v1.ResourceKey;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The arguments that name one resource. */
final class ResourceArguments {
  @Parameters(
      index = "0",
      paramLabel = "TYPE",
      description = "The model's type, e.g. digitalocean/droplet.")
  String type = "";

  @Parameters(index = "1", paramLabel = "INSTANCE", description = "The instance, e.g. web-1.")
  String instance = "";

  @Option(
      names = "--output-spec",
      paramLabel = "NAME",
      order = 10,
      description = "Which named output. Default: state.")
  String outputSpec = "state";

  ResourceKey key(String namespace) {
    return ResourceKey.newBuilder()
        .setNamespace(namespace)
        .setModelType(type)
        .setInstance(instance)
        .setOutputSpec(outputSpec)
        .build();
  }
}
