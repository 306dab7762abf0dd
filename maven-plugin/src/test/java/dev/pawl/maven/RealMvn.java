package dev.pawl.maven;

import static java.util.Objects.requireNonNull;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * The {@code mvn} that runs this build, with a local repository of its own: this build's artifacts,
 * and links to everything else that the user's repository has, so that nothing is copied, what must
 * be downloaded is so once, and nothing of Pawl gets into the user's repository.
 */
final class RealMvn implements AutoCloseable {
  private static final Path ROOT = Path.of("..");
  private static final List<String> MODULES = List.of("model-runtime", "codegen", "maven-plugin");

  private final Path repository;
  private final Path log;

  RealMvn(Path folder) throws IOException {
    this.repository = Files.createDirectory(folder.resolve("repository"));
    this.log = folder.resolve("mvn.log");
    Path known = Path.of(property("repository"));
    link(known, repository, "dev");
    Path dev = Files.createDirectory(repository.resolve("dev"));
    link(known.resolve("dev"), dev, "pawl");
    install("pawl-parent", "pom", ROOT.resolve("pom.xml"));
    for (String module : MODULES) {
      String artifact = module.equals("maven-plugin") ? "pawl-maven-plugin" : "pawl-" + module;
      Path jar = ROOT.resolve(module + "/target/" + artifact + "-" + property("version") + ".jar");
      install(artifact, "jar", jar);
      install(artifact, "pom", ROOT.resolve(module).resolve("pom.xml"));
    }
  }

  /** What an mvn has said, and its exit code. */
  record Finished(int exit, String output) {}

  Finished run(Path project, String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(property("mvn"), "-B", "-ntp"));
    if (property("offline").equals("offline=true")) {
      command.add("-o");
    }
    command.add("-Dmaven.repo.local=" + repository);
    command.addAll(List.of(arguments));
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(project.toFile())
            .redirectErrorStream(true)
            .redirectInput(new File("/dev/null"))
            .redirectOutput(log.toFile());
    // What Maven itself runs on, which may be older than what these tests do.
    builder.environment().put("JAVA_HOME", property("java"));
    Process process = builder.start();
    try {
      if (!process.waitFor(5, TimeUnit.MINUTES)) {
        throw new AssertionError("mvn does not end; it said:\n" + Files.readString(log));
      }
    } finally {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    }
    return new Finished(process.exitValue(), Files.readString(log));
  }

  /** Takes the links away, so that whoever tidies up after a test meets none. */
  @Override
  public void close() throws IOException {
    for (Path folder : List.of(repository, repository.resolve("dev"))) {
      try (Stream<Path> children = Files.list(folder)) {
        for (Path link : children.filter(Files::isSymbolicLink).toList()) {
          Files.delete(link);
        }
      }
    }
  }

  private void install(String artifact, String type, Path file) throws IOException {
    if (!Files.isRegularFile(file)) {
      throw new AssertionError(file + " is missing; build it: mvn -pl maven-plugin -am verify");
    }
    String version = property("version");
    Path folder =
        Files.createDirectories(repository.resolve("dev/pawl").resolve(artifact).resolve(version));
    Files.copy(file, folder.resolve(artifact + "-" + version + "." + type));
  }

  private static void link(Path from, Path to, String except) throws IOException {
    if (!Files.isDirectory(from)) {
      return;
    }
    try (Stream<Path> children = Files.list(from)) {
      for (Path child : children.filter(c -> !c.endsWith(except)).toList()) {
        Files.createSymbolicLink(to.resolve(child.getFileName()), child.toAbsolutePath());
      }
    }
  }

  private static String property(String name) {
    return requireNonNull(
        System.getProperty("pawl.test." + name), () -> "the build sets pawl.test." + name);
  }
}
