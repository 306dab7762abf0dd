package dev.pawl.core.git;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pawl.core.Refused;
import dev.pawl.model.Json;
import dev.pawl.model.MethodException;
import dev.pawl.model.MethodResult;
import dev.pawl.model.Outcome;
import dev.pawl.model.Workspace;
import java.io.IOException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.jgit.api.Git;
import org.eclipse.jgit.api.errors.GitAPIException;
import org.eclipse.jgit.dircache.DirCache;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;
import org.jspecify.annotations.Nullable;

/**
 * Commits the files of a clone, unless its tree is as it was. The same files on the same parent by
 * the same author in the same run make the same commit, to the last bit of its id.
 */
final class CommitTree {
  private final ObjectNode arguments;
  private final Workspace workspace;
  private final @Nullable Instant startedAt;

  CommitTree(ObjectNode arguments, Workspace workspace, @Nullable Instant startedAt) {
    this.arguments = arguments;
    this.workspace = workspace;
    this.startedAt = startedAt;
  }

  MethodResult run() throws MethodException, GitAPIException, IOException {
    String message = arguments.path("message").asText();
    if (message.isBlank()) {
      throw Refused.arguments("message is blank");
    }
    List<String> paths = paths();
    try (Git git = OpenRepository.run(workspace, arguments.path("directory").asText("."))) {
      Repository repository = git.getRepository();
      add(git, paths);
      ObjectId head = repository.resolve("HEAD");
      RevCommit parent = head == null ? null : parse(repository, head);
      ObjectId tree = tree(repository);
      if (parent != null && parent.getTree().getId().equals(tree)) {
        return result(parent, tree, Outcome.REUSED);
      }
      PersonIdent author = author(parent);
      RevCommit made =
          git.commit()
              .setMessage(message)
              .setAuthor(author)
              .setCommitter(author)
              .setNoVerify(true)
              .setSign(false)
              .call();
      return result(made, tree, Outcome.CREATED);
    }
  }

  private List<String> paths() throws MethodException {
    List<String> out = new ArrayList<>();
    for (JsonNode path : arguments.path("paths")) {
      String text = path.asText().replaceAll("^(\\./)+", "").replaceAll("/+$", "");
      if (text.startsWith("/") || ("/" + text + "/").contains("/../")) {
        throw Refused.arguments("paths has '" + path.asText() + "', which leads out of the clone");
      }
      out.add(text.isEmpty() ? "." : text);
    }
    return out.isEmpty() ? List.of(".") : out;
  }

  /** What is new, changed or gone. */
  private static void add(Git git, List<String> paths) throws GitAPIException {
    git.add().addFilepatterns(paths).setAll(false).call();
    git.add().addFilepatterns(paths).setUpdate(true).call();
  }

  private static ObjectId tree(Repository repository) throws IOException {
    DirCache index = repository.readDirCache();
    try (ObjectInserter inserter = repository.newObjectInserter()) {
      ObjectId tree = index.writeTree(inserter);
      inserter.flush();
      return tree;
    }
  }

  private static RevCommit parse(Repository repository, ObjectId commit) throws IOException {
    try (RevWalk walk = new RevWalk(repository)) {
      return walk.parseCommit(commit);
    }
  }

  private PersonIdent author(@Nullable RevCommit parent) throws MethodException {
    JsonNode who = arguments.path("author");
    String name = who.path("name").asText();
    String email = who.path("email").asText();
    if (name.isBlank() || email.isBlank() || (name + email).matches("(?s).*[<>\\n\\r\\x00].*")) {
      throw Refused.arguments("author needs a name and an email, without < > or line breaks");
    }
    return new PersonIdent(
        name, email, date(parent).truncatedTo(ChronoUnit.SECONDS), ZoneOffset.UTC);
  }

  /** As given, else when the run began; outside a run when the parent was made. */
  private Instant date(@Nullable RevCommit parent) throws MethodException {
    String given = arguments.path("author").path("date").asText("");
    if (!given.isEmpty()) {
      try {
        return OffsetDateTime.parse(given).toInstant();
      } catch (DateTimeParseException e) {
        throw Refused.arguments(
            "author.date '" + given + "' must be written as 2026-11-26T00:00:00Z");
      }
    }
    if (startedAt != null) {
      return startedAt;
    }
    return parent == null ? Instant.EPOCH : Instant.ofEpochSecond(parent.getCommitTime());
  }

  private static MethodResult result(RevCommit commit, ObjectId tree, Outcome outcome) {
    return MethodResult.of(
        Json.object().put("commit", commit.name()).put("tree", tree.name()), outcome);
  }
}
