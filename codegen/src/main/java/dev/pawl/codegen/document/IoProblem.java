package dev.pawl.codegen.document;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.util.Objects;

/** Says in plain words why a file could not be used: Java's own message is often only its path. */
public final class IoProblem {
  private IoProblem() {}

  /** The reason, to stand behind a colon. */
  public static String words(IOException e) {
    if (e instanceof NoSuchFileException missing) {
      return missing.getFile() + " does not exist";
    }
    if (e instanceof AccessDeniedException denied) {
      return "access to " + denied.getFile() + " is denied";
    }
    if (e instanceof FileAlreadyExistsException inTheWay) {
      return inTheWay.getFile() + " is in the way: it is no folder";
    }
    if (e instanceof NotDirectoryException noFolder) {
      return noFolder.getFile() + " is no folder";
    }
    if (e instanceof CharacterCodingException) {
      return "it is not UTF-8 text";
    }
    if (e instanceof FileSystemException other && other.getReason() != null) {
      return other.getFile() + ": " + other.getReason();
    }
    return Objects.requireNonNullElse(e.getMessage(), "the disk or network did not answer");
  }
}
