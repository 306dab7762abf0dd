package dev.pawl.core.git;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;

import dev.pawl.core.Refused;
import dev.pawl.model.MethodException;
import dev.pawl.model.Reason;
import dev.pawl.model.Workspace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;
import org.eclipse.jgit.api.Git;
import org.eclipse.jgit.errors.ConfigInvalidException;
import org.eclipse.jgit.lib.Config;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;

/**
 * Opens a repository of the workspace. Its configuration may hold only what does no more than
 * describe it: other settings read files elsewhere, rewrite addresses or name programs.
 */
final class OpenRepository {
  private static final Set<String> HARMLESS =
      Set.of("branch", "user", "init", "pack", "pull", "push");
  private static final Set<String> CORE =
      Set.of(
          "repositoryformatversion",
          "filemode",
          "bare",
          "logallrefupdates",
          "symlinks",
          "ignorecase",
          "precomposeunicode",
          "autocrlf");
  private static final Set<String> REMOTE = Set.of("url", "fetch");

  private OpenRepository() {}

  /** Whether there is a repository in a folder of the workspace. */
  static boolean isThere(Path directory) {
    return Files.isDirectory(directory.resolve(".git"), NOFOLLOW_LINKS);
  }

  /**
   * Opens.
   *
   * @throws MethodException NOT_FOUND, or INVALID_ARGUMENTS naming the setting
   */
  static Git run(Workspace workspace, String directory) throws MethodException, IOException {
    Path tree = workspace.resolve(directory);
    Path git = tree.resolve(".git");
    if (!isThere(tree)) {
      throw Refused.because(
          Reason.NOT_FOUND,
          "there is no repository in '" + directory + "' of the workspace; clone one first");
    }
    check(git, directory);
    return new Git(
        new FileRepositoryBuilder()
            .setFS(new NoPrograms())
            .setGitDir(git.toFile())
            .setWorkTree(tree.toFile())
            .setMustExist(true)
            .build());
  }

  private static void check(Path git, String directory) throws MethodException, IOException {
    for (String elsewhere : new String[] {"commondir", "objects/info/alternates"}) {
      if (Files.exists(git.resolve(elsewhere), NOFOLLOW_LINKS)) {
        throw refused(directory, "leads to another repository by .git/" + elsewhere);
      }
    }
    for (String part : new String[] {"config", "objects", "refs", "HEAD", "index"}) {
      if (Files.isSymbolicLink(git.resolve(part))) {
        throw refused(directory, "has a symbolic link for .git/" + part);
      }
    }
    Config config = new Config();
    try {
      config.fromText(Files.readString(git.resolve("config")));
    } catch (ConfigInvalidException e) {
      throw refused(directory, "has a .git/config that cannot be read");
    }
    for (String section : config.getSections()) {
      checkSection(config, section, directory);
    }
  }

  private static void checkSection(Config config, String section, String directory)
      throws MethodException {
    String lower = section.toLowerCase(Locale.ROOT);
    if (HARMLESS.contains(lower)) {
      return;
    }
    Set<String> allowed = lower.equals("core") ? CORE : lower.equals("remote") ? REMOTE : Set.of();
    for (String name : config.getNames(section)) {
      require(allowed, section, name, directory);
    }
    for (String sub : config.getSubsections(section)) {
      if (!lower.equals("remote")) {
        throw refused(directory, "sets " + section + " in its .git/config");
      }
      for (String name : config.getNames(section, sub)) {
        require(allowed, section + "." + sub, name, directory);
      }
    }
  }

  private static void require(Set<String> allowed, String section, String name, String directory)
      throws MethodException {
    if (!allowed.contains(name.toLowerCase(Locale.ROOT))) {
      throw refused(directory, "sets " + section + "." + name + " in its .git/config");
    }
  }

  private static MethodException refused(String directory, String why) {
    return Refused.arguments(
        "the repository in '"
            + directory
            + "' "
            + why
            + ", which git/repository does not follow; use core/command with git");
  }
}
