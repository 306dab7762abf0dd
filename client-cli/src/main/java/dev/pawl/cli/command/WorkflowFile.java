package dev.pawl.cli.command;

import dev.pawl.cli.failure.CliException;
import dev.pawl.cli.failure.Failure;
import dev.pawl.v1.WorkflowDefinition;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Reads the file that a command is about. */
final class WorkflowFile {
  private WorkflowFile() {}

  /** The definition as the server takes it, named as the user named it. */
  static WorkflowDefinition read(Path file) {
    return WorkflowDefinition.newBuilder().setText(text(file)).setFileName(file.toString()).build();
  }

  static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (NoSuchFileException e) {
      throw unreadable(file, "there is no such file", e);
    } catch (CharacterCodingException e) {
      throw unreadable(file, "it is not UTF-8 text", e);
    } catch (IOException e) {
      throw unreadable(
          file, Files.isDirectory(file) ? "it is a folder" : "this user may not read it", e);
    }
  }

  private static CliException unreadable(Path file, String why, IOException cause) {
    return new CliException(
        Failure.of(
            "INVALID_ARGUMENT", "FILE_UNREADABLE", "cannot read %s: %s".formatted(file, why)),
        cause);
  }
}
