package dev.pawl.codegen.emit;

import static java.util.Objects.requireNonNull;

/**
 * A file to be written.
 *
 * @param path relative, with slashes; letters, digits and ._$- only
 * @param content UTF-8 for text
 */
public record GeneratedFile(String path, byte[] content) {
  public GeneratedFile {
    requireNonNull(content, "content");
    if (!path.matches("[A-Za-z0-9_-][A-Za-z0-9._$-]*(/[A-Za-z0-9_-][A-Za-z0-9._$-]*)*")) {
      throw new IllegalArgumentException("'" + path + "' cannot be the path of a generated file");
    }
  }
}
