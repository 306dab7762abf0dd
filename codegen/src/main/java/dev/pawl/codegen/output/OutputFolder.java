package dev.pawl.codegen.output;

import dev.pawl.codegen.document.CodegenException;
import dev.pawl.codegen.document.IoProblem;
import dev.pawl.codegen.emit.GeneratedFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;

/** The one place that writes files: whole or not at all, and never outside its folder. */
public final class OutputFolder {
  private final Path root;

  public OutputFolder(Path root) {
    this.root = root.toAbsolutePath().normalize();
  }

  /**
   * Writes a file, unless it is already there with the same bytes.
   *
   * @throws CodegenException when it cannot be written
   */
  public void write(GeneratedFile file) {
    Path target = root.resolve(file.path()).normalize();
    if (!target.startsWith(root)) {
      throw new CodegenException(file.path() + " would be written outside " + root);
    }
    write(target, file.content());
  }

  /** Writes one file at a path that the caller chose. */
  public static void write(Path target, byte[] content) {
    Path absolute = target.toAbsolutePath();
    Path folder = absolute.resolveSibling("");
    try {
      if (Files.isRegularFile(absolute) && Arrays.equals(Files.readAllBytes(absolute), content)) {
        return;
      }
      Files.createDirectories(folder);
      Path partial =
          folder.resolve(
              "." + absolute.getFileName() + "." + ProcessHandle.current().pid() + ".partial");
      try {
        Files.write(partial, content);
        Files.move(partial, absolute, StandardCopyOption.REPLACE_EXISTING);
      } finally {
        Files.deleteIfExists(partial);
      }
    } catch (IOException e) {
      throw new CodegenException(
          target
              + " cannot be written: "
              + IoProblem.words(e)
              + "; choose a folder that can be written to",
          e);
    }
  }
}
