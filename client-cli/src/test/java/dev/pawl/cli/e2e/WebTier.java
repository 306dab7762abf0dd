package dev.pawl.cli.e2e;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The example {@code examples/web-tier/workflow.yaml}. */
final class WebTier {
  /** Each create's path, sorted. */
  static final List<String> POSTS =
      List.of(
          "/v2/droplets",
          "/v2/droplets",
          "/v2/firewalls",
          "/v2/load_balancers",
          "/v2/tags",
          "/v2/vpcs");

  static final List<String> CREATED = steps("CREATED", "CREATED");

  /** The tag is the one step with skipIfExists. */
  static final List<String> KEPT = steps("VERIFIED", "REUSED");

  private WebTier() {}

  static Path file() {
    return Path.of("..", "examples", "web-tier", "workflow.yaml").toAbsolutePath().normalize();
  }

  /** The example with resources of its own names, so that tests can share an API. */
  static Path named(String name, Path folder) throws IOException {
    String text =
        Files.readString(file())
            .replace("web-", name + "-")
            .replace("instance: web\n", "instance: " + name + "\n")
            .replace("{name: web}", "{name: " + name + "}");
    return Files.writeString(folder.resolve(name + ".yaml"), text);
  }

  private static List<String> steps(String outcome, String tag) {
    return List.of(
        "vpc " + outcome,
        "tag " + tag,
        "droplets " + outcome,
        "droplets " + outcome,
        "load_balancer " + outcome,
        "firewall " + outcome);
  }
}
