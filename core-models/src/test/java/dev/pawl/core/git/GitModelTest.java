package dev.pawl.core.git;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pawl.model.CreateOptions;
import dev.pawl.model.Json;
import dev.pawl.model.MethodException;
import dev.pawl.model.MethodResult;
import dev.pawl.model.Outcome;
import dev.pawl.model.Reason;
import dev.pawl.model.testkit.TestContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.stream.StreamSupport;
import org.eclipse.jgit.api.Git;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.lib.Repository;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** With real repositories: the remote is a bare one in a temporary folder. */
@Timeout(300)
class GitModelTest {
  private static final PersonIdent SOMEBODY =
      new PersonIdent("Some Body", "some@example.com", Instant.EPOCH, java.time.ZoneOffset.UTC);

  @TempDir Path work;
  private final GitModel model = new GitModel();
  private TestContext context =
      TestContext.of("git/repository", "step").options(began("2026-01-01T00:00:00Z")).build();
  private Path root = Path.of("");
  private Path remote = Path.of("");

  private static CreateOptions began(String at) {
    CreateOptions def = CreateOptions.DEFAULT;
    return new CreateOptions(
        def.verify(), def.onChange(), def.adopt(), Instant.parse(at), def.recreate());
  }

  @BeforeEach
  void remoteWithOneCommit() throws Exception {
    root = context.workspace().root();
    remote = work.resolve("remote.git");
    Git.init().setBare(true).setDirectory(remote.toFile()).setInitialBranch("main").call().close();
    commitElsewhere("README", "hello\n");
  }

  /** Somebody else's commit, made and pushed from another clone. */
  private ObjectId commitElsewhere(String file, String content) throws Exception {
    Path clone = Files.createTempDirectory(work, "elsewhere");
    try (Git git =
        Git.cloneRepository().setURI(url()).setDirectory(clone.toFile()).setBranch("main").call()) {
      Files.writeString(clone.resolve(file), content);
      git.add().addFilepattern(".").call();
      ObjectId made =
          git.commit().setMessage("by somebody").setAuthor(SOMEBODY).setCommitter(SOMEBODY).call();
      git.push().add("HEAD:refs/heads/main").call();
      return made;
    }
  }

  private String url() {
    return "file://" + remote;
  }

  private MethodResult run(String method, ObjectNode arguments) throws Exception {
    return model.invoke(method, arguments, context);
  }

  private MethodException refused(String method, ObjectNode arguments) {
    MethodException thrown =
        catchThrowableOfType(MethodException.class, () -> run(method, arguments));
    assertThat(thrown).as(method + " went through").isNotNull();
    return thrown;
  }

  private ObjectNode here() {
    return Json.object().put("url", url()).put("directory", "src");
  }

  private static ObjectNode change() {
    ObjectNode arguments = Json.object().put("directory", "src").put("message", "Change it");
    arguments.putObject("author").put("name", "Pawl").put("email", "pawl@example.com");
    return arguments;
  }

  private static ObjectNode push() {
    return Json.object().put("directory", "src");
  }

  private ObjectId remoteMain() throws IOException {
    try (Repository repository = Git.open(remote.toFile()).getRepository()) {
      return repository.resolve("refs/heads/main");
    }
  }

  private long commits() throws Exception {
    try (Git git = Git.open(remote.toFile())) {
      return StreamSupport.stream(git.log().add(remoteMain()).call().spliterator(), false).count();
    }
  }

  private void write(String file, String content) throws IOException {
    Files.writeString(root.resolve("src").resolve(file), content);
  }

  @Test
  void theWholeRoadTwiceMakesOneCommit() throws Exception {
    for (int i = 0; i < 2; i++) {
      MethodResult cloned = run("clone", here());
      write("made", "content\n");
      MethodResult committed = run("commit", change());
      MethodResult pushed = run("push", push());

      assertThat(cloned.outcome()).isEqualTo(i == 0 ? Outcome.CREATED : Outcome.VERIFIED);
      assertThat(committed.outcome()).isEqualTo(i == 0 ? Outcome.CREATED : Outcome.REUSED);
      assertThat(pushed.outcome()).isEqualTo(i == 0 ? Outcome.EXECUTED : Outcome.VERIFIED);
      assertThat(pushed.output().path("commit").asText()).isEqualTo(remoteMain().name());
    }
    assertThat(commits()).isEqualTo(2);
  }

  @Test
  void aFreshRunOfTheSameChangeMakesNoSecondCommit() throws Exception {
    run("clone", here());
    write("made", "content\n");
    run("commit", change());
    run("push", push());
    context = context.with().fromNothing().options(began("2026-02-02T00:00:00Z")).build();
    root = context.workspace().root();

    run("clone", here());
    write("made", "content\n");

    assertThat(run("commit", change()).outcome()).isEqualTo(Outcome.REUSED);
    assertThat(run("push", push()).outcome()).isEqualTo(Outcome.VERIFIED);
    assertThat(commits()).isEqualTo(2);
  }

  @Test
  void anInterruptedRunMakesTheSameCommitAgain() throws Exception {
    run("clone", here());
    write("made", "content\n");
    MethodResult first = run("commit", change());
    context = context.with().fromNothing().build();
    root = context.workspace().root();
    run("clone", here());
    write("made", "content\n");

    MethodResult second = run("commit", change());

    assertThat(second.output()).isEqualTo(first.output());
  }

  @Test
  void aRemoteWithTheSameFilesGetsNoSecondCommit() throws Exception {
    run("clone", here());
    ObjectId theirs = commitElsewhere("made", "content\n");
    write("made", "content\n");
    run("commit", change());

    MethodResult pushed = run("push", push());

    assertThat(pushed.outcome()).isEqualTo(Outcome.ADOPTED);
    assertThat(pushed.output().path("commit").asText()).isEqualTo(theirs.name());
    assertThat(commits()).isEqualTo(2);
  }

  @Test
  void nothingIsForced() throws Exception {
    run("clone", here());
    ObjectId theirs = commitElsewhere("other", "theirs\n");
    write("made", "ours\n");
    run("commit", change());

    MethodException e = refused("push", push());

    assertThat(e.failure().reason()).isEqualTo(Reason.API_REFUSED);
    assertThat(e.failure().message()).contains(theirs.name()).contains("nothing is ever forced");
    assertThat(remoteMain()).isEqualTo(theirs);
  }

  @Test
  void aRemoteThatHasMovedOnFromOursNeedsNoPush() throws Exception {
    run("clone", here());
    write("made", "ours\n");
    run("commit", change());
    run("push", push());
    ObjectId later = commitElsewhere("other", "theirs\n");

    assertThat(run("push", push()).outcome()).isEqualTo(Outcome.VERIFIED);
    assertThat(remoteMain()).isEqualTo(later);
  }

  @Test
  void anotherBranchIsMadeOnce() throws Exception {
    run("clone", here());
    write("made", "ours\n");
    run("commit", change());

    assertThat(run("push", push().put("branch", "topic")).outcome()).isEqualTo(Outcome.EXECUTED);
    assertThat(run("push", push().put("branch", "topic")).outcome()).isEqualTo(Outcome.VERIFIED);
    assertThat(commits()).as("main is left alone").isEqualTo(1);
  }

  @Test
  void aCloneThatIsBehindIsBroughtForward() throws Exception {
    run("clone", here());
    ObjectId later = commitElsewhere("other", "theirs\n");

    MethodResult again = run("clone", here());

    assertThat(again.outcome()).isEqualTo(Outcome.UPDATED);
    assertThat(again.output().path("commit").asText()).isEqualTo(later.name());
    assertThat(root.resolve("src/other")).hasContent("theirs\n");
  }

  @Test
  void changesInACloneAreNotLost() throws Exception {
    run("clone", here());
    commitElsewhere("README", "theirs\n");
    write("README", "ours, not committed\n");

    MethodException e = refused("clone", here());

    assertThat(root.resolve("src/README")).hasContent("ours, not committed\n");
    assertThat(e.failure().message()).doesNotContain(root.toString());
  }

  @Test
  void aCloneMayBeShallow() throws Exception {
    commitElsewhere("README", "second\n");

    run("clone", here().put("depth", 1));

    assertThat(root.resolve("src/.git/shallow")).exists();
    assertThat(root.resolve("src/README")).hasContent("second\n");
    assertThat(run("clone", here().put("depth", 1)).outcome()).isEqualTo(Outcome.VERIFIED);
  }

  @Test
  void aTagMayBeCloned() throws Exception {
    ObjectId tagged = remoteMain();
    try (Git git = Git.open(remote.toFile())) {
      git.tag().setName("v1").setTagger(SOMEBODY).setMessage("one").call();
    }
    commitElsewhere("README", "second\n");

    MethodResult cloned = run("clone", here().put("ref", "v1"));

    assertThat(cloned.output().path("commit").asText()).isEqualTo(tagged.name());
    assertThat(run("clone", here().put("ref", "v1")).outcome()).isEqualTo(Outcome.VERIFIED);
    assertThat(refused("clone", here().put("ref", "none")).failure().reason())
        .isEqualTo(Reason.NOT_FOUND);
  }

  @Test
  void whatIsGoneIsCommittedAsGoneAndOnlyTheNamedPaths() throws Exception {
    run("clone", here());
    Files.delete(root.resolve("src/README"));
    write("a", "a");
    write("b", "b");
    ObjectNode some = change();
    some.putArray("paths").add("a").add("README");

    MethodResult committed = run("commit", some);

    try (Git git = Git.open(root.resolve("src").toFile())) {
      assertThat(git.status().call().getUntracked()).containsExactly("b");
      assertThat(git.status().call().getMissing()).isEmpty();
    }
    assertThat(committed.outcome()).isEqualTo(Outcome.CREATED);
  }

  @Test
  void aFolderWithOtherThingsIsNotClonedInto() throws Exception {
    Files.createDirectory(root.resolve("src"));
    write("mine", "x");

    assertThat(refused("clone", here()).failure().reason()).isEqualTo(Reason.ALREADY_EXISTS);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ssh://git@example.com/x.git",
        "git@example.com:x.git",
        "http://example.com/x.git",
        "/etc",
        "ext::sh -c id",
        "https://user:p4ss@example.com/x.git"
      })
  void onlySomeAddressesAreTaken(String address) {
    MethodException e = refused("clone", here().put("url", address));

    assertThat(e.failure().reason()).isEqualTo(Reason.INVALID_ARGUMENTS);
    assertThat(e.failure().message()).doesNotContain("p4ss");
  }

  @Test
  void aRepositoryThatIsNotThereIsSaidSo() {
    MethodException e = refused("clone", here().put("url", "file:///none/such.git"));

    assertThat(e.failure().reason()).isEqualTo(Reason.UNAVAILABLE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"..", "/tmp/x", "a/../../x"})
  void aCloneStaysInTheWorkspace(String directory) {
    assertThat(refused("clone", here().put("directory", directory)).failure().reason())
        .isEqualTo(Reason.INVALID_ARGUMENTS);
    assertThat(refused("push", push().put("directory", directory)).failure().reason())
        .isEqualTo(Reason.INVALID_ARGUMENTS);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[filter \"x\"]\n\tclean = touch stolen",
        "[include]\n\tpath = /etc/passwd",
        "[core]\n\tworktree = /tmp",
        "[core]\n\thooksPath = /tmp",
        "[url \"ssh://x/\"]\n\tinsteadOf = file://",
        "[remote \"origin\"]\n\treceivepack = touch stolen",
        "[http]\n\tcookieFile = /etc/passwd"
      })
  void aConfigurationThatDoesMoreThanDescribeIsRefused(String more) throws Exception {
    run("clone", here());
    Path config = root.resolve("src/.git/config");
    Files.writeString(config, Files.readString(config) + "\n" + more + "\n");

    for (String method : new String[] {"commit", "push"}) {
      MethodException e = refused(method, method.equals("push") ? push() : change());
      assertThat(e.failure().reason()).isEqualTo(Reason.INVALID_ARGUMENTS);
      assertThat(e.failure().message()).contains(".git/config");
    }
  }

  @Test
  void hooksAreNotRun() throws Exception {
    run("clone", here());
    for (String hook : new String[] {"pre-commit", "commit-msg", "post-commit", "pre-push"}) {
      Path script = root.resolve("src/.git/hooks").resolve(hook);
      Files.createDirectories(script.getParent());
      Files.writeString(script, "#!/bin/sh\ntouch '" + work + "/" + hook + "'\nexit 1\n");
      assertThat(script.toFile().setExecutable(true)).isTrue();
    }
    write("made", "content\n");

    run("commit", change());
    run("push", push());

    for (String hook : new String[] {"pre-commit", "commit-msg", "post-commit", "pre-push"}) {
      assertThat(work.resolve(hook)).doesNotExist();
    }
  }

  @Test
  void aLinkForTheRepositoryItselfIsNotFollowed() throws Exception {
    Files.createDirectory(root.resolve("src"));
    Files.createSymbolicLink(root.resolve("src/.git"), remote);

    assertThat(refused("push", push()).failure().reason()).isEqualTo(Reason.NOT_FOUND);
  }

  @Test
  void theUsersOwnConfigurationIsNotRead() throws Exception {
    run("clone", here());
    try (Git git = Git.open(root.resolve("src").toFile())) {
      var config = git.getRepository().getConfig();
      assertThat(config.getString("user", null, "name")).isNull();
      assertThat(config.getBaseConfig() == null ? "" : config.getBaseConfig().toText().strip())
          .isEqualTo("[gc]\n\tauto = 0");
    }
  }

  @Test
  void anAuthorCannotForgeACommitsHeader() throws Exception {
    run("clone", here());
    write("made", "x");
    ObjectNode forged = change();
    forged.putObject("author").put("name", "A <b>\nparent 0").put("email", "e");

    assertThat(refused("commit", forged).failure().reason()).isEqualTo(Reason.INVALID_ARGUMENTS);
  }
}
