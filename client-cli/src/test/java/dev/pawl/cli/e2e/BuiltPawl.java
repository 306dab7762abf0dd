package dev.pawl.cli.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * This build made ready to start often: its classes in jars and those that it loads in an archive,
 * as the launcher does, and a data directory as a server's first start leaves it. Made once for all
 * test JVMs of a build, and kept in {@code target} until something on the class path changes.
 */
final class BuiltPawl {
  private static final long TRAINING_MINUTES = 20;

  private static final List<String> OPTIONS =
      List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "--enable-native-access=ALL-UNNAMED");

  private final Path folder;

  private BuiltPawl(Path folder) {
    this.folder = folder;
  }

  /** The program: it becomes the JVM, so its process is the command's. */
  static String launcher() {
    return Once.MADE.program().toString();
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
      Path all = Files.createDirectories(Path.of("target", "e2e").toAbsolutePath());
      BuiltPawl built = new BuiltPawl(all.resolve(fingerprint()));
      try (FileChannel channel =
              FileChannel.open(
                  all.resolveSibling("e2e.lock"),
                  StandardOpenOption.CREATE,
                  StandardOpenOption.WRITE);
          FileLock lock = channel.lock()) {
        if (lock.isValid() && !Files.exists(built.program())) {
          clear(all);
          Files.createDirectory(built.folder);
          built.train();
        }
      }
      return built;
    } catch (Exception e) {
      throw new AssertionError("this build could not be made ready", e);
    }
  }

  /** Another one for each other build and JVM; of the tests, the training alone counts. */
  private static String fingerprint() throws Exception {
    MessageDigest digest = MessageDigest.getInstance("SHA-256");
    digest.update((System.getProperty("java.home") + Runtime.version()).getBytes(UTF_8));
    for (Path entry : ownClassPath()) {
      try (var files = Files.walk(entry)) {
        for (Path file : files.filter(BuiltPawl::counts).sorted().toList()) {
          String seen = file + " " + Files.size(file) + " " + Files.getLastModifiedTime(file);
          digest.update(seen.getBytes(UTF_8));
        }
      }
    }
    return HexFormat.of().formatHex(digest.digest(), 0, 8);
  }

  private static boolean counts(Path file) {
    boolean otherTest =
        file.toString().contains("test-classes") && !file.endsWith("Training.class");
    return Files.isRegularFile(file) && !otherTest;
  }

  private Path program() {
    return folder.resolve("pawl");
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
    if (!training.waitFor(TRAINING_MINUTES, TimeUnit.MINUTES) || training.exitValue() != 0) {
      training.destroyForcibly();
      throw new AssertionError("the training failed: " + Files.readString(log));
    }
    // The last to be made: where it is, all is.
    Path launcher = folder.resolve("pawl.new");
    Files.writeString(
        launcher,
        """
        #!/bin/sh
        exec '%s' %s '-XX:SharedArchiveFile=%s' -Xlog:disable -Dpawl.launcher="$0" \\
          -cp '%s' dev.pawl.cli.Main "$@"
        """
            .formatted(java, String.join(" ", OPTIONS), archive, classPath));
    Files.setPosixFilePermissions(launcher, PosixFilePermissions.fromString("rwx------"));
    Files.move(launcher, program(), StandardCopyOption.ATOMIC_MOVE);
  }

  /** This JVM's, with a jar in place of each folder: no JVM archives the classes of a folder. */
  private String classPath() throws IOException {
    List<String> jars = new ArrayList<>();
    for (Path entry : ownClassPath()) {
      Path jar = entry;
      if (Files.isDirectory(entry)) {
        jar = folder.resolve("classes-" + jars.size() + ".jar");
        pack(entry, jar);
      }
      jars.add(jar.toString());
    }
    return String.join(File.pathSeparator, jars);
  }

  private static List<Path> ownClassPath() {
    String own =
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    return Stream.of(own.split(File.pathSeparator, -1))
        .filter(entry -> !entry.isEmpty())
        .map(Path::of)
        .filter(Files::exists)
        .toList();
  }

  private static void pack(Path classes, Path jar) throws IOException {
    try (OutputStream out = Files.newOutputStream(jar);
        ZipOutputStream zip = new ZipOutputStream(out);
        var files = Files.walk(classes)) {
      zip.setLevel(1);
      for (Path file : files.filter(f -> !f.equals(classes)).sorted().toList()) {
        String name = classes.relativize(file).toString();
        // Migrations are found by the entry of their folder.
        zip.putNextEntry(new ZipEntry(Files.isDirectory(file) ? name + "/" : name));
        if (Files.isRegularFile(file)) {
          Files.copy(file, zip);
        }
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

  private static void clear(Path folder) throws IOException {
    try (var files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        if (!file.equals(folder)) {
          Files.delete(file);
        }
      }
    }
  }
}
