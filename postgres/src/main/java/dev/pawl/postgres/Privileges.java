package dev.pawl.postgres;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The words before a command that make it run unprivileged, and who must own its files.
 *
 * <p>Whether a way works is found by trying it: containers, kernels and security modules forbid
 * each of them for reasons no file tells.
 */
record Privileges(List<String> prefix, int uid) {
  private static final int NOBODY = 65534;
  private static final Path ROOT = Path.of("/");

  Privileges {
    prefix = List.copyOf(prefix);
  }

  /**
   * The way asked for.
   *
   * @throws PostgresException when it doesn't work here
   */
  static Privileges choose(Unprivileged how) {
    Privileges chosen =
        switch (how) {
          case AUTOMATIC -> Me.isRoot() ? automaticForRoot() : automaticForOthers();
          case SAME_USER -> sameUser();
          case USER_NAMESPACE -> require(userNamespace(), "unshare -U");
          case OTHER_USER -> require(otherUser(), "setpriv --reuid");
        };
    requireSetpriv(chosen);
    return chosen;
  }

  List<String> command(List<String> words) {
    List<String> command = new ArrayList<>(prefix);
    command.addAll(words);
    return command;
  }

  /** Makes the tree belong to the user the command runs as. */
  void own(Path tree) throws IOException {
    int owner = Trees.owner(tree);
    if (owner == uid) {
      return;
    }
    if (!Me.isRoot()) {
      throw new PostgresException(
          tree
              + " belongs to uid "
              + owner
              + ", but Pawl runs as uid "
              + uid
              + ": run it as that user, or give another --data-dir.");
    }
    Trees.give(tree, uid);
  }

  private static Privileges automaticForRoot() {
    Privileges namespace = userNamespace();
    if (namespace.works()) {
      return namespace;
    }
    Privileges nobody = otherUser();
    if (nobody.works()) {
      return nobody;
    }
    throw new PostgresException(
        "PostgreSQL refuses to run as root, and neither `unshare -U` nor `setpriv --reuid` works"
            + " here: run Pawl as another user, or give a server by --database-url.");
  }

  /**
   * PostgreSQL insists on a name for its user. In a container the uid often has none; in a new user
   * namespace it reads as 65534, which has.
   */
  private static Privileges automaticForOthers() {
    Privileges same = sameUser();
    if (Command.run(ROOT, same.command(List.of("id", "-un"))).ok()) {
      return same;
    }
    Privileges namespace = userNamespace();
    if (namespace.works()) {
      return namespace;
    }
    throw new PostgresException(
        "PostgreSQL needs a name for its user, but uid "
            + same.uid()
            + " has none and `unshare -U` doesn't work here: add it to /etc/passwd, or give a"
            + " server by --database-url.");
  }

  private static Privileges sameUser() {
    if (Me.isRoot()) {
      throw new PostgresException(
          "PostgreSQL refuses to run as root: run Pawl as another user, or let it choose.");
    }
    return new Privileges(List.of(), Me.uid());
  }

  /** Outside it stays the same user and owner of its files, but root has no capability any more. */
  private static Privileges userNamespace() {
    return new Privileges(List.of("unshare", "-U"), Me.uid());
  }

  private static Privileges otherUser() {
    return new Privileges(
        List.of("setpriv", "--reuid=" + NOBODY, "--regid=" + NOBODY, "--clear-groups"), NOBODY);
  }

  private static Privileges require(Privileges way, String name) {
    if (!way.works()) {
      throw new PostgresException("`" + name + "` doesn't work here: let Pawl choose.");
    }
    return way;
  }

  private static void requireSetpriv(Privileges way) {
    Command.Result result =
        Command.run(ROOT, way.command(List.of("setpriv", "--pdeathsig", "INT", "true")));
    if (!result.ok()) {
      throw new PostgresException(
          "`setpriv --pdeathsig` doesn't work here ("
              + result.lastLine()
              + "): install util-linux 2.33 or newer, or give a server by --database-url.");
    }
  }

  private boolean works() {
    Command.Result result = Command.run(ROOT, command(List.of("id", "-u")));
    return result.ok() && !result.output().strip().equals("0");
  }
}
