package dev.pawl.core.git;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pawl.core.Refused;
import dev.pawl.model.Json;
import dev.pawl.model.MethodException;
import dev.pawl.model.MethodResult;
import dev.pawl.model.Outcome;
import dev.pawl.model.Reason;
import dev.pawl.model.Workspace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.eclipse.jgit.api.CloneCommand;
import org.eclipse.jgit.api.Git;
import org.eclipse.jgit.api.MergeCommand;
import org.eclipse.jgit.api.MergeResult;
import org.eclipse.jgit.api.errors.GitAPIException;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.transport.RefSpec;
import org.eclipse.jgit.util.FS;

/** Makes a folder of the workspace a clone that stands at a branch or tag. */
final class CloneRepository {
  private final Workspace workspace;
  private final String url;
  private final String wanted;
  private final int depth;
  private final String directory;

  CloneRepository(ObjectNode arguments, Workspace workspace) throws MethodException {
    this.workspace = workspace;
    this.url = Urls.checked("url", arguments.path("url").asText());
    this.wanted = arguments.path("ref").asText("");
    this.depth = arguments.path("depth").asInt(0);
    String last = url.replaceAll("/+$", "").replaceAll("^.*/", "").replaceAll("\\.git$", "");
    this.directory = arguments.path("directory").asText(last);
  }

  MethodResult run() throws MethodException, GitAPIException, IOException {
    Path tree = workspace.resolve(directory);
    Path parent = tree.getParent();
    if (parent != null) {
      // JGit learns once how exact a file system's times are, from files that it makes beside.
      FS.getFileStoreAttributes(workspace.root().resolveSibling(""));
    }
    RemoteRefs remote = RemoteRefs.of(url);
    String full = wanted.isEmpty() ? remote.head().orElse("") : remote.find(wanted).orElse("");
    if (full.isEmpty()) {
      throw Refused.because(
          Reason.NOT_FOUND,
          wanted.isEmpty()
              ? "the repository has no branch that its HEAD stands for; name a ref"
              : "the repository has no branch or tag '" + wanted + "'");
    }
    ObjectId commit = remote.commit(full).orElseThrow();
    if (OpenRepository.isThere(tree)) {
      try (Git git = OpenRepository.run(workspace, directory)) {
        return catchUp(git, full, commit);
      }
    }
    refuseOthers(tree);
    return fresh(tree, full);
  }

  private void refuseOthers(Path tree) throws MethodException, IOException {
    if (!Files.exists(tree)) {
      return;
    }
    try (Stream<Path> inside = Files.isDirectory(tree) ? Files.list(tree) : Stream.of(tree)) {
      if (inside.findAny().isPresent()) {
        throw Refused.because(
            Reason.ALREADY_EXISTS,
            "'" + directory + "' is not empty and no repository; clone into another directory");
      }
    }
  }

  private MethodResult fresh(Path tree, String full) throws GitAPIException, IOException {
    CloneCommand clone =
        Git.cloneRepository()
            .setURI(url)
            .setDirectory(tree.toFile())
            .setFs(new NoPrograms())
            .setBranch(full)
            .setTimeout(RemoteRefs.TIMEOUT)
            .setProgressMonitor(new Cancelled());
    if (depth > 0) {
      clone.setDepth(depth).setBranchesToClone(List.of(full));
    }
    try (Git git = clone.call()) {
      return result(git.getRepository(), full, Outcome.CREATED);
    }
  }

  /** The clone is there: it is brought forward, and never back. */
  private MethodResult catchUp(Git git, String full, ObjectId commit)
      throws MethodException, GitAPIException, IOException {
    Repository repository = git.getRepository();
    String origin = repository.getConfig().getString("remote", "origin", "url");
    if (!url.equals(origin)) {
      throw Refused.because(
          Reason.ALREADY_EXISTS,
          "'" + directory + "' is a clone of another repository; clone into another directory");
    }
    ObjectId head = repository.resolve("HEAD");
    if (commit.equals(head)) {
      return result(repository, full, Outcome.VERIFIED);
    }
    git.fetch()
        .setRemote("origin")
        .setRefSpecs(new RefSpec("+" + full + ":refs/pawl/wanted"))
        .setTimeout(RemoteRefs.TIMEOUT)
        .setProgressMonitor(new Cancelled())
        .call();
    if (head != null && isAncestor(repository, commit, head)) {
      return result(repository, full, Outcome.VERIFIED)
          .withWarnings(List.of("'" + directory + "' has commits that the remote has not"));
    }
    MergeResult merged =
        git.merge().include(commit).setFastForward(MergeCommand.FastForwardMode.FF_ONLY).call();
    if (!merged.getMergeStatus().isSuccessful()) {
      throw Refused.because(
          Reason.ALREADY_EXISTS,
          "'"
              + directory
              + "' cannot be brought to "
              + full
              + " without losing what is there ("
              + merged.getMergeStatus()
              + "); clone into another directory");
    }
    return result(repository, full, Outcome.UPDATED);
  }

  private static boolean isAncestor(Repository repository, ObjectId earlier, ObjectId later)
      throws IOException {
    try (RevWalk walk = new RevWalk(repository)) {
      return walk.isMergedInto(walk.parseCommit(earlier), walk.parseCommit(later));
    }
  }

  private MethodResult result(Repository repository, String full, Outcome outcome)
      throws IOException {
    ObjectId head = repository.resolve("HEAD");
    return MethodResult.of(
        Json.object()
            .put("directory", directory)
            .put("ref", full)
            .put("commit", head == null ? "" : head.name()),
        outcome);
  }
}
