package dev.pawl.model.workspace;

import dev.pawl.model.Failure;
import dev.pawl.model.MethodException;
import dev.pawl.model.Reason;
import dev.pawl.model.Workspace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** A folder as a workspace: no name leads out of it, through a symbolic link neither. */
public final class ConfinedFolder implements Workspace {
  private static final int MOST_LINKS = 40;

  private final Path root;

  /**
   * For an existing folder.
   *
   * @param root whatever symbolic links lead to it are followed once, here
   */
  public ConfinedFolder(Path root) throws IOException {
    this.root = root.toRealPath();
  }

  @Override
  public Path root() {
    return root;
  }

  @Override
  public Path resolve(String relative) throws MethodException {
    if (relative.indexOf('\0') >= 0) {
      throw refused(relative, "has a NUL");
    }
    if (relative.startsWith("/")) {
      throw refused(relative, "is absolute");
    }
    try {
      if (Path.of(relative).isAbsolute()) {
        throw refused(relative, "is absolute");
      }
      Path inside = root;
      for (String part : parts(relative)) {
        inside = inside.resolve(part);
      }
      if (!staysInside(root.relativize(inside))) {
        throw refused(relative, "leads through a symbolic link to outside");
      }
      return inside;
    } catch (InvalidPathException e) {
      throw refused(relative, "is no file name here: " + e.getReason());
    } catch (IOException e) {
      throw refused(relative, "can't be followed: " + e.getMessage());
    }
  }

  /** Without dots; {@code ..} takes back the part before it. */
  private static List<String> parts(String relative) throws MethodException {
    List<String> parts = new ArrayList<>();
    for (String part : relative.split("/", -1)) {
      if (part.equals("..")) {
        if (parts.isEmpty()) {
          throw refused(relative, "leaves the folder");
        }
        parts.remove(parts.size() - 1);
      } else if (!part.isEmpty() && !part.equals(".")) {
        parts.add(part);
      }
    }
    return parts;
  }

  /**
   * Whether a path, with every symbolic link on its way followed, ends inside. A link with an
   * absolute target does not: the folder lies elsewhere for the next step.
   *
   * @param relative to {@link #root}
   */
  public boolean staysInside(Path relative) throws IOException {
    Deque<Path> open = new ArrayDeque<>();
    relative.forEach(open::addLast);
    Deque<Path> way = new ArrayDeque<>();
    way.push(root);
    int links = 0;
    while (!open.isEmpty()) {
      Path part = open.removeFirst();
      Path next = way.element().resolve(part);
      if (part.toString().equals("..")) {
        way.pop();
        if (way.isEmpty()) {
          return false;
        }
      } else if (Files.isSymbolicLink(next)) {
        Path target = Files.readSymbolicLink(next);
        links++;
        if (target.isAbsolute() || links > MOST_LINKS) {
          return false;
        }
        goOnWith(target, open);
      } else if (!isHere(part)) {
        way.push(next);
      }
    }
    return true;
  }

  private static boolean isHere(Path part) {
    return part.toString().isEmpty() || part.toString().equals(".");
  }

  private static void goOnWith(Path target, Deque<Path> open) {
    for (int i = target.getNameCount() - 1; i >= 0; i--) {
      open.addFirst(target.getName(i));
    }
  }

  /** NO_WORKSPACE: there is no run whose files these would be. */
  public static MethodException outsideRun() {
    return MethodException.notMade(
        Failure.of(
            Reason.NO_WORKSPACE,
            "a workspace belongs to a run, and this call is made outside one; call the method as a"
                + " step of a workflow, or with ExecuteMethod"));
  }

  private static MethodException refused(String path, String why) {
    return MethodException.notMade(
        Failure.of(
            Reason.INVALID_ARGUMENTS,
            "the path '"
                + path.replace("\0", "\\0")
                + "' "
                + why
                + "; give one that is relative to the run's workspace and stays inside"));
  }
}
