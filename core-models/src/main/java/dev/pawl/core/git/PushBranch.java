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
import org.eclipse.jgit.api.Git;
import org.eclipse.jgit.api.errors.GitAPIException;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.transport.PushResult;
import org.eclipse.jgit.transport.RefSpec;
import org.eclipse.jgit.transport.RemoteRefUpdate;

/**
 * Brings a remote branch to the clone's HEAD. Looks first at what the remote stands at, so that a
 * push whose answer was lost is seen for what it is, and moves branches forward only.
 */
final class PushBranch {
  private final ObjectNode arguments;
  private final Workspace workspace;

  PushBranch(ObjectNode arguments, Workspace workspace) {
    this.arguments = arguments;
    this.workspace = workspace;
  }

  MethodResult run() throws MethodException, GitAPIException, IOException {
    String directory = arguments.path("directory").asText(".");
    try (Git git = OpenRepository.run(workspace, directory)) {
      Repository repository = git.getRepository();
      ObjectId head = repository.resolve(Constants.HEAD);
      if (head == null) {
        throw Refused.because(
            Reason.NOT_FOUND, "'" + directory + "' has no commit to push; commit first");
      }
      String remote = arguments.path("remote").asText("origin");
      String full = branch(repository);
      String url = url(repository, remote);
      ObjectId there = RemoteRefs.of(url).commit(full).orElse(null);
      if (head.equals(there)) {
        return result(full, head, Outcome.VERIFIED);
      }
      if (there != null) {
        fetch(git, remote, full);
        switch (compare(repository, head, there)) {
          case BEHIND -> {
            return result(full, there, Outcome.VERIFIED);
          }
          case SAME_FILES -> {
            return result(full, there, Outcome.ADOPTED);
          }
          case APART -> throw movedOn(full, there);
          case AHEAD -> {}
        }
      }
      return push(git, remote, full, head);
    }
  }

  /** How HEAD stands to the remote's commit. */
  private enum Standing {
    AHEAD,
    BEHIND,
    SAME_FILES,
    APART
  }

  private static Standing compare(Repository repository, ObjectId head, ObjectId there)
      throws IOException {
    try (RevWalk walk = new RevWalk(repository)) {
      RevCommit ours = walk.parseCommit(head);
      RevCommit theirs = walk.parseCommit(there);
      if (walk.isMergedInto(theirs, ours)) {
        return Standing.AHEAD;
      }
      if (walk.isMergedInto(ours, theirs)) {
        return Standing.BEHIND;
      }
      return ours.getTree().getId().equals(theirs.getTree().getId())
          ? Standing.SAME_FILES
          : Standing.APART;
    }
  }

  private String branch(Repository repository) throws MethodException, IOException {
    String given = arguments.path("branch").asText("");
    String full = repository.getFullBranch();
    if (given.isEmpty() && (full == null || !full.startsWith(Constants.R_HEADS))) {
      throw Refused.arguments("the clone stands at no branch; name the branch to push to");
    }
    String wanted = given.isEmpty() ? full : Constants.R_HEADS + given;
    if (wanted == null || !Repository.isValidRefName(wanted)) {
      throw Refused.arguments("branch '" + given + "' is no name of a branch");
    }
    return wanted;
  }

  private static String url(Repository repository, String remote) throws MethodException {
    String url = repository.getConfig().getString("remote", remote, "url");
    if (url == null) {
      throw Refused.because(Reason.NOT_FOUND, "the clone has no remote '" + remote + "'");
    }
    return Urls.checked("the URL of remote '" + remote + "'", url);
  }

  private static void fetch(Git git, String remote, String full) throws GitAPIException {
    git.fetch()
        .setRemote(remote)
        .setRefSpecs(new RefSpec("+" + full + ":refs/pawl/remote"))
        .setTimeout(RemoteRefs.TIMEOUT)
        .setProgressMonitor(new Cancelled())
        .call();
  }

  private MethodResult push(Git git, String remote, String full, ObjectId head)
      throws MethodException, GitAPIException {
    Iterable<PushResult> results =
        git.push()
            .setRemote(remote)
            .setRefSpecs(new RefSpec(head.name() + ":" + full))
            .setForce(false)
            .setAtomic(false)
            .setTimeout(RemoteRefs.TIMEOUT)
            .setProgressMonitor(new Cancelled())
            .call();
    for (PushResult each : results) {
      for (RemoteRefUpdate update : each.getRemoteUpdates()) {
        if (update.getStatus() != RemoteRefUpdate.Status.OK
            && update.getStatus() != RemoteRefUpdate.Status.UP_TO_DATE) {
          throw refused(full, update);
        }
      }
    }
    return result(full, head, Outcome.EXECUTED);
  }

  private static MethodException refused(String full, RemoteRefUpdate update) {
    String why = update.getMessage() == null ? "" : ": " + update.getMessage();
    return Refused.because(
        Reason.API_REFUSED,
        "the remote did not take the push to " + full + " (" + update.getStatus() + why + ")");
  }

  private static MethodException movedOn(String full, ObjectId there) {
    return Refused.because(
        Reason.API_REFUSED,
        full
            + " of the remote stands at "
            + there.name()
            + ", which the clone does not have in its history, and nothing is ever forced; clone"
            + " again and make the change there");
  }

  private static MethodResult result(String full, ObjectId commit, Outcome outcome) {
    return MethodResult.of(Json.object().put("ref", full).put("commit", commit.name()), outcome);
  }
}
