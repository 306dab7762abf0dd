package dev.pawl.server.files;

import dev.pawl.model.MethodException;
import dev.pawl.model.workspace.ConfinedFolder;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/**
 * Finds all that is in a folder, in an order that does not depend on the disk, and refuses what
 * can't be kept. Nothing is read but names and attributes.
 */
final class ListFolder {
  private final ConfinedFolder folder;
  private final FileLimits limits;
  private final List<Found> found = new ArrayList<>();
  private long bytes;
  private Found largest = new Found("", Path.of(""), Kind.FILE, 0, -1);

  /** What a path is. */
  enum Kind {
    FOLDER,
    FILE,
    LINK
  }

  /**
   * Something in the folder.
   *
   * @param name its path from the folder, with {@code /} between its parts
   * @param size in bytes; 0 for what is no file
   */
  record Found(String name, Path path, Kind kind, int mode, long size) {}

  private ListFolder(ConfinedFolder folder, FileLimits limits) {
    this.folder = folder;
    this.limits = limits;
  }

  /**
   * Lists.
   *
   * @throws MethodException WORKSPACE_REFUSED naming the path; LIMIT_EXCEEDED naming the limit, the
   *     size and the largest file
   */
  static List<Found> run(ConfinedFolder folder, FileLimits limits) throws MethodException {
    ListFolder list = new ListFolder(folder, limits);
    list.walk(folder.root(), "");
    list.refuseTooLarge();
    return List.copyOf(list.found);
  }

  private void walk(Path directory, String prefix) throws MethodException {
    for (var each : children(directory, prefix).entrySet()) {
      Found one = look(each.getValue(), prefix + each.getKey());
      found.add(one);
      bytes += one.size();
      largest = one.size() > largest.size() && one.kind() == Kind.FILE ? one : largest;
      if (found.size() > limits.entries()) {
        throw FileRefusals.limit(
            "the workspace has more than "
                + limits.entries()
                + " files, folders and links, which is the limit for a run; remove what later"
                + " steps don't need, or pack it into an archive");
      }
      if (one.kind() == Kind.FOLDER) {
        walk(one.path(), one.name() + "/");
      }
    }
  }

  private static TreeMap<String, Path> children(Path directory, String prefix)
      throws MethodException {
    TreeMap<String, Path> children = new TreeMap<>();
    try (DirectoryStream<Path> stream = Files.newDirectoryStream(directory)) {
      for (Path child : stream) {
        children.put(child.getFileName().toString(), child);
      }
      return children;
    } catch (IOException | DirectoryIteratorException e) {
      throw FileRefusals.unreadable(prefix.isEmpty() ? "." : prefix, e);
    }
  }

  private Found look(Path path, String name) throws MethodException {
    if (!isPlain(name)) {
      throw FileRefusals.refused(name, "its name is not UTF-8; rename it");
    }
    try {
      PosixFileAttributes is =
          Files.readAttributes(path, PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
      int mode = Modes.of(is.permissions());
      if (is.isDirectory()) {
        return new Found(name, path, Kind.FOLDER, mode, 0);
      }
      if (is.isRegularFile()) {
        return new Found(name, path, Kind.FILE, mode, is.size());
      }
      if (!is.isSymbolicLink()) {
        throw FileRefusals.refused(
            name, "it is neither a file, a folder nor a link; remove it before the step ends");
      }
      if (!folder.staysInside(folder.root().relativize(path))) {
        throw FileRefusals.refused(
            name,
            "it is a symbolic link to "
                + Files.readSymbolicLink(path)
                + ", which is outside; make it relative and inside, or copy what it leads to");
      }
      return new Found(name, path, Kind.LINK, 0, 0);
    } catch (IOException e) {
      throw FileRefusals.unreadable(name, e);
    }
  }

  /** Java replaces what it can't read; such a name could not be given back. */
  private static boolean isPlain(String name) {
    return name.indexOf('\ufffd') < 0
        && name.codePoints()
            .noneMatch(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE);
  }

  private void refuseTooLarge() throws MethodException {
    if (bytes > limits.bytes()) {
      throw FileRefusals.limit(
          "the workspace has "
              + bytes
              + " bytes, and the limit for a run is "
              + limits.bytes()
              + " (the server's workspaceLimit); the largest file is '"
              + largest.name()
              + "' with "
              + largest.size()
              + "; remove what later steps don't need");
    }
  }
}
