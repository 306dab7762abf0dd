package dev.pawl.cli.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.jgit.api.Git;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.treewalk.TreeWalk;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The models that work on a run's files, in the server that comes with the command. */
@Timeout(300)
class WorkspaceModelsTest {
  private static final String FLOW =
      """
      apiVersion: pawl.dev/v1
      kind: Workflow
      metadata: {name: release}
      spec:
        inputs: {version: {type: string}}
        steps:
          - id: clone
            model: git/repository
            method: clone
            with: {url: "REMOTE", directory: site}
          - id: note
            model: core/file
            method: write
            dependsOn: [clone]
            with: {path: site/notes.txt, content: "Notes of ${{ inputs.version }}\\n"}
          - id: page
            model: core/file
            method: template
            dependsOn: [note]
            with:
              path: site/index.html
              template: "<h1>{{version}}</h1>{{#items}}<li>{{.}}</li>{{/items}}"
              values: {version: "${{ inputs.version }}", items: [one, two]}
          - id: print
            model: core/command
            method: run
            dependsOn: [page]
            with: {command: [cat, notes.txt], directory: site}
          - id: read
            model: core/file
            method: read
            dependsOn: [print]
            with: {path: site/index.html}
          - id: commit
            model: git/repository
            method: commit
            dependsOn: [read]
            with:
              directory: site
              message: "Release ${{ inputs.version }}"
              author: {name: Pawl, email: pawl@example.com}
          - id: push
            model: git/repository
            method: push
            dependsOn: [commit]
            with: {directory: site}
        outputs:
          page: "${{ steps.read.output.content }}"
          printed: "${{ steps.print.output.stdout }}"
          commit: "${{ steps.push.output.commit }}"
      """;

  @TempDir Path home;
  private Pawl pawl;
  private DataDirectory directory;
  private Path data;
  private Path remote;
  private String file;

  @BeforeEach
  void start() throws Exception {
    pawl = new Pawl(home);
    directory = pawl.dataDirectory("data");
    data = directory.path();
    remote = home.resolve("site.git");
    Git.init().setBare(true).setDirectory(remote.toFile()).setInitialBranch("main").call().close();
    try (Git first =
        Git.init().setDirectory(home.resolve("first").toFile()).setInitialBranch("main").call()) {
      Files.writeString(home.resolve("first/README"), "a site\n");
      first.add().addFilepattern("README").call();
      first
          .commit()
          .setMessage("Begin")
          .setAuthor("Somebody", "somebody@example.com")
          .setCommitter("Somebody", "somebody@example.com")
          .setSign(false)
          .call();
      first.push().setRemote(remote.toUri().toString()).add("main").call();
    }
    // Path.toUri() puts a slash behind a folder that is there.
    String url = remote.toUri().toString().replaceAll("/$", "");
    file = Files.writeString(home.resolve("release.yaml"), FLOW.replace("REMOTE", url)).toString();
  }

  @AfterEach
  void end() throws Exception {
    pawl.end();
  }

  private RunAnswer release(String version) throws Exception {
    return pawl.runDocument(
        "run",
        file,
        "--data-dir",
        data.toString(),
        "--allow-command",
        "cat",
        "--input",
        "version=" + version);
  }

  /** The messages of what was pushed, newest first. */
  private List<String> pushed() throws IOException {
    List<String> messages = new ArrayList<>();
    try (Git git = Git.open(remote.toFile());
        RevWalk walk = new RevWalk(git.getRepository())) {
      walk.markStart(walk.parseCommit(git.getRepository().resolve("refs/heads/main")));
      walk.forEach(commit -> messages.add(commit.getFullMessage()));
    }
    return messages;
  }

  private String pushed(String path) throws IOException {
    try (Git git = Git.open(remote.toFile());
        RevWalk walk = new RevWalk(git.getRepository())) {
      Repository repository = git.getRepository();
      ObjectId main = repository.resolve("refs/heads/main");
      RevCommit commit = walk.parseCommit(main);
      try (TreeWalk tree = TreeWalk.forPath(repository, path, commit.getTree())) {
        return new String(repository.open(tree.getObjectId(0)).getBytes(), UTF_8);
      }
    }
  }

  @Test
  void aReleaseIsWrittenCheckedAndPushedOnce() throws Exception {
    RunAnswer first = release("1.0").succeeded();
    assertThat(first.steps())
        .containsExactly(
            "clone CREATED",
            "note CREATED",
            "page CREATED",
            "print EXECUTED",
            "read EXECUTED",
            "commit CREATED",
            "push EXECUTED");
    assertThat(pushed()).containsExactly("Release 1.0", "Begin");
    assertThat(pushed("notes.txt")).isEqualTo("Notes of 1.0\n");
    assertThat(pushed("index.html")).isEqualTo("<h1>1.0</h1><li>one</li><li>two</li>");

    RunAnswer again = release("1.0").succeeded();
    assertThat(again.steps())
        .containsExactly(
            "clone CREATED",
            "note VERIFIED",
            "page VERIFIED",
            "print EXECUTED",
            "read EXECUTED",
            "commit REUSED",
            "push VERIFIED");
    assertThat(pushed()).containsExactly("Release 1.0", "Begin");

    release("1.1").succeeded();
    assertThat(pushed()).containsExactly("Release 1.1", "Release 1.0", "Begin");
  }

  @Test
  void aRetryGoesOnInTheFilesThatTheFailedAttemptHad() throws Exception {
    RunAnswer failed =
        pawl.runDocument("run", file, "--data-dir", data.toString(), "--input", "version=1.0")
            .failed();
    assertThat(failed.step("print").at("/error/reason").asText()).isEqualTo("NOT_ALLOWED");
    assertThat(pushed()).containsExactly("Begin");
    // The server that may start nothing has to end, or the retry would attach to it.
    directory.awaitEnd();

    RunAnswer retried =
        pawl.runDocument(
                "retry", failed.run(), "--data-dir", data.toString(), "--allow-command", "cat")
            .succeeded();
    assertThat(retried.steps())
        .containsExactly(
            "clone CREATED",
            "note CREATED",
            "page CREATED",
            "print EXECUTED",
            "read EXECUTED",
            "commit CREATED",
            "push EXECUTED");
    assertThat(retried.step("note").path("attempt").asInt()).isEqualTo(1);
    assertThat(retried.step("print").path("attempt").asInt()).isEqualTo(2);
    assertThat(pushed("notes.txt")).isEqualTo("Notes of 1.0\n");
    assertThat(pushed()).containsExactly("Release 1.0", "Begin");
  }
}
