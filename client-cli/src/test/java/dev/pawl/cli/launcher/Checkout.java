package dev.pawl.cli.launcher;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A checkout with the real launcher, and a machine with just the tools and JDKs that a test puts
 * there. A JDK is a script that prints how it was called.
 */
final class Checkout {
  private static final List<String> TOOLS =
      List.of(
          "sh",
          "readlink",
          "find",
          "head",
          "tail",
          "grep",
          "flock",
          "mkdir",
          "date",
          "cp",
          "mv",
          "rm",
          "cat",
          "sleep");

  private final Path root;
  private final Path tools;
  private final Map<String, String> environment = new HashMap<>();

  Checkout(Path folder) throws IOException {
    root = Files.createDirectories(folder.resolve("checkout"));
    tools = Files.createDirectories(folder.resolve("tools"));
    Files.copy(Path.of("..", "pawl"), root.resolve("pawl"));
    executable(root.resolve("pawl"));
    for (String tool : TOOLS) {
      for (String bin : List.of("/bin", "/usr/bin")) {
        Path real = Path.of(bin, tool);
        if (Files.exists(real) && Files.notExists(tools.resolve(tool))) {
          script(tools.resolve(tool), "exec %s \"$@\"".formatted(real));
        }
      }
    }
    environment.put("PATH", tools.toString());
    environment.put("PAWL_JDK_FOLDERS", "");
  }

  Path root() {
    return root;
  }

  Path tools() {
    return tools;
  }

  void set(String variable, String value) {
    environment.put(variable, value);
  }

  /** As after a build. */
  Checkout built() throws IOException {
    Path dist = Files.createDirectories(root.resolve(".pawl-build/dist-1"));
    Files.writeString(dist.resolve("pawl.jar"), "");
    Files.writeString(root.resolve(".pawl-build/current"), "dist-1\n");
    Files.writeString(root.resolve(".pawl-build/stamp"), "");
    set("PAWL_NO_BUILD", "1");
    return this;
  }

  /** A JDK that prints its home and its arguments, one per line. */
  Path jdk(String name, String version) throws IOException {
    Path home = jre(name, version);
    script(home.resolve("bin/javac"), "exit 1");
    return home;
  }

  /** The same without a compiler. */
  Path jre(String name, String version) throws IOException {
    Path home = root.resolveSibling(name);
    Path java = Files.createDirectories(home.resolve("bin")).resolve("java");
    script(
        java,
        """
        echo "home %s"
        echo "pid $$"
        for argument in "$@"; do echo "arg $argument"; done
        """
            .formatted(home));
    Files.writeString(
        home.resolve("release"), "IMPLEMENTOR=\"x\"\nJAVA_VERSION=\"%s\"\n".formatted(version));
    return home;
  }

  /** A Maven that counts its runs and leaves what the real one would. */
  void maven(String script) throws IOException {
    script(tools.resolve("mvn"), "echo run >>\"%s\"\n%s".formatted(mavenRuns(), script));
    for (String module : List.of("proto/src/main", "client-cli/src/main", "client-cli/src/test")) {
      Files.createDirectories(root.resolve(module));
    }
    Files.writeString(root.resolve("pom.xml"), "");
  }

  static final String BUILDS =
      "mkdir -p client-cli/target/lib; echo jar >client-cli/target/pawl-client-cli-1.jar";

  private Path mavenRuns() {
    return root.resolveSibling("maven-runs");
  }

  int countMavenRuns() throws IOException {
    return Files.exists(mavenRuns()) ? Files.readAllLines(mavenRuns()).size() : 0;
  }

  Process start(Path launcher, String... arguments) throws IOException {
    List<String> command = new ArrayList<>(List.of(launcher.toString()));
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command).directory(root.getParent().toFile());
    builder.environment().clear();
    builder.environment().putAll(environment);
    return builder.start();
  }

  Result run(String... arguments) throws IOException, InterruptedException {
    return Result.of(start(root.resolve("pawl"), arguments));
  }

  /** What a launcher did. */
  record Result(int code, List<String> out, List<String> err, long pid) {
    static Result of(Process process) throws IOException, InterruptedException {
      List<String> out = process.inputReader().lines().toList();
      List<String> err = process.errorReader().lines().toList();
      return new Result(process.waitFor(), out, err, process.pid());
    }

    List<String> arguments() {
      return out.stream().filter(l -> l.startsWith("arg ")).map(l -> l.substring(4)).toList();
    }
  }

  private static void script(Path file, String text) throws IOException {
    Files.writeString(file, "#!/bin/sh\n" + text + "\n");
    executable(file);
  }

  private static void executable(Path file) throws IOException {
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }
}
