package dev.pawl.cli.e2e;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * This build made ready to start often, once per test JVM: its classes in jars and those that it
 * loads in an archive, as the launcher does, and a data directory as a server's first start leaves
 * it.
 */
final class BuiltPawl {
  private static final List<String> OPTIONS =
      List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "--enable-native-access=ALL-UNNAMED");

  private final Path folder;

  private BuiltPawl(Path folder) {
    this.folder = folder;
  }

  /** The program: it becomes the JVM, so its process is the command's. */
  static String launcher() {
    return Once.MADE.folder.resolve("pawl").toString();
  }

  /** Fills a data directory with a database that has its tables, and nothing in them. */
  static void copyData(Path to) throws IOException {
    copy(Once.MADE.data(), to);
  }

  private Path data() {
    return folder.resolve("data");
  }

  /** Made by the first who asks. */
  private static final class Once {
    static final BuiltPawl MADE = make();
  }

  private static BuiltPawl make() {
    try {
      BuiltPawl built = new BuiltPawl(Files.createTempDirectory("pawl-e2e"));
      Runtime.getRuntime().addShutdownHook(new Thread(built::delete));
      built.train();
      return built;
    } catch (Exception e) {
      throw new AssertionError("this build could not be made ready", e);
    }
  }

  private void train() throws Exception {
    String classPath = classPath();
    Path archive = folder.resolve("classes.jsa");
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    Path log = folder.resolve("training.log");
    List<String> line = new ArrayList<>(List.of(java));
    line.addAll(OPTIONS);
    line.addAll(List.of("-Xlog:disable", "-XX:ArchiveClassesAtExit=" + archive, "-cp", classPath));
    line.addAll(List.of(Training.class.getName(), folder.toString()));
    Process training =
        new ProcessBuilder(line).redirectErrorStream(true).redirectOutput(log.toFile()).start();
    if (!training.waitFor(Await.PATIENCE.toSeconds(), TimeUnit.SECONDS)
        || training.exitValue() != 0) {
      training.destroyForcibly();
      throw new AssertionError("the training failed: " + Files.readString(log));
    }
    Path launcher = folder.resolve("pawl");
    Files.writeString(
        launcher,
        """
        #!/bin/sh
        exec '%s' %s '-XX:SharedArchiveFile=%s' -Xlog:disable -Dpawl.launcher="$0" \\
          -cp '%s' dev.pawl.cli.Main "$@"
        """
            .formatted(java, String.join(" ", OPTIONS), archive, classPath));
    Files.setPosixFilePermissions(launcher, PosixFilePermissions.fromString("rwx------"));
  }

  /** This JVM's, with a jar in place of each folder: no JVM archives the classes of a folder. */
  private String classPath() throws IOException {
    List<String> jars = new ArrayList<>();
    String own =
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    for (String entry : own.split(File.pathSeparator, -1)) {
      Path path = Path.of(entry);
      if (Files.isDirectory(path)) {
        Path jar = folder.resolve("classes-" + jars.size() + ".jar");
        pack(path, jar);
        jars.add(jar.toString());
      } else if (Files.exists(path)) {
        jars.add(entry);
      }
    }
    return String.join(File.pathSeparator, jars);
  }

  private static void pack(Path classes, Path jar) throws IOException {
    try (OutputStream out = Files.newOutputStream(jar);
        ZipOutputStream zip = new ZipOutputStream(out);
        var files = Files.walk(classes)) {
      zip.setLevel(1);
      for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
        zip.putNextEntry(new ZipEntry(classes.relativize(file).toString()));
        Files.copy(file, zip);
      }
    }
  }

  /** Makes what is missing there. */
  static void copy(Path from, Path to) throws IOException {
    try (var files = Files.walk(from)) {
      for (Path file : files.toList()) {
        Path copy = to.resolve(from.relativize(file).toString());
        if (!Files.isDirectory(copy)) {
          Files.copy(file, copy, StandardCopyOption.COPY_ATTRIBUTES);
        }
      }
    }
  }

  private void delete() {
    try (var files = Files.walk(folder)) {
      for (Path file : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    } catch (IOException e) {
      System.err.println("cannot delete " + folder + ": " + e);
    }
  }
}
