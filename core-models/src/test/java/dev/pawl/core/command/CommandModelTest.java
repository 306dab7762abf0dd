package dev.pawl.core.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pawl.model.Json;
import dev.pawl.model.MethodException;
import dev.pawl.model.MethodException.Effect;
import dev.pawl.model.MethodResult;
import dev.pawl.model.Outcome;
import dev.pawl.model.Reason;
import dev.pawl.model.Settings;
import dev.pawl.model.testkit.TestContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** With real programs: {@code sh} is allowed here so that a test can say what one does. */
@Timeout(120)
class CommandModelTest {
  private final CommandModel model = new CommandModel();
  private TestContext context =
      TestContext.of("core/command", "step")
          .settings(new Settings(Set.of("sh", "env", "cat", "no-such-program")))
          .build();
  private Path root = Path.of("");

  @BeforeEach
  void workspace() throws Exception {
    root = context.workspace().root();
  }

  private static ObjectNode command(String... words) {
    ObjectNode arguments = Json.object();
    var list = arguments.putArray("command");
    for (String word : words) {
      list.add(word);
    }
    return arguments;
  }

  private static ObjectNode sh(String script) {
    return command("sh", "-c", script);
  }

  private MethodResult run(ObjectNode arguments) throws Exception {
    return model.invoke("run", arguments, context);
  }

  private MethodException refused(ObjectNode arguments) {
    MethodException thrown = catchThrowableOfType(MethodException.class, () -> run(arguments));
    assertThat(thrown).as("it went through").isNotNull();
    return thrown;
  }

  /** The next attempt of the same step. */
  private void again() {
    context = context.with().build();
  }

  @Test
  void whatIsNotAllowedIsRefusedNamingTheSetting() {
    MethodException e = refused(command("rm", "-rf", "."));

    assertThat(e.failure().reason()).isEqualTo(Reason.NOT_ALLOWED);
    assertThat(e.failure().message())
        .contains("'rm'")
        .contains("--allow-command")
        .contains("commands: [NAME]")
        .contains("cat, env, no-such-program, sh");
  }

  @Test
  void byDefaultNothingIsAllowed() {
    context = context.with().settings(Settings.NONE).build();

    assertThat(refused(command("sh")).failure().message()).contains("allowed now: none");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/bin/sh", "./sh", "../sh", "sh ", "SH", ""})
  void onlyTheNameItselfIsAllowed(String name) throws IOException {
    Files.createFile(root.resolve("sh")).toFile().setExecutable(true);

    assertThat(refused(command(name, "-c", "true")).failure().reason())
        .isEqualTo(Reason.NOT_ALLOWED);
  }

  @Test
  void anAllowedProgramThatIsNotThereIsSaidSo() {
    assertThat(refused(command("no-such-program")).failure().reason()).isEqualTo(Reason.NOT_FOUND);
  }

  @Test
  void outputsAndTheExitCodeAreGiven() throws Exception {
    ObjectNode arguments = sh("cat; echo problem >&2; exit 3").put("stdin", "read ü");
    arguments.putArray("okExitCodes").add(0).add(3);

    MethodResult result = run(arguments);

    assertThat(result.outcome()).isEqualTo(Outcome.EXECUTED);
    assertThat(result.output())
        .isEqualTo(
            Json.parse("{\"exitCode\": 3, \"stdout\": \"read ü\", \"stderr\": \"problem\\n\"}"));
  }

  @Test
  void wordsAreNotReadByAShell() throws Exception {
    MethodResult result = run(command("sh", "-c", "printf %s \"$1\"", "x", "$(id) `id` ; *"));

    assertThat(result.output().path("stdout").asText()).isEqualTo("$(id) `id` ; *");
  }

  @Test
  void theEnvironmentIsWhatIsDeclared() throws Exception {
    ObjectNode arguments = command("env");
    arguments.putObject("env").put("GREETING", "hello").put("API_TOKEN", "s3cret-value");

    String[] lines = run(arguments).output().path("stdout").asText().split("\n", -1);

    assertThat(lines)
        .filteredOn(line -> !line.isEmpty() && !line.startsWith("PAWL_COMMAND=pawl-"))
        .containsExactlyInAnyOrder(
            "GREETING=hello", "API_TOKEN=***", "PATH=" + ParseCommand.PATH, "HOME=" + root);
  }

  @ParameterizedTest
  @ValueSource(strings = {"PATH", "HOME", "LD_PRELOAD", "PAWL_COMMAND", "A-B", "", "1A"})
  void variablesThatDecideWhichCodeRunsAreRefused(String name) {
    ObjectNode arguments = command("env");
    arguments.putObject("env").put(name, "x");

    assertThat(refused(arguments).failure().reason()).isEqualTo(Reason.INVALID_ARGUMENTS);
  }

  @ParameterizedTest
  @ValueSource(strings = {"..", "/tmp", "out"})
  void theDirectoryLiesInTheWorkspace(String directory) throws IOException {
    Files.createSymbolicLink(root.resolve("out"), Path.of("/tmp"));

    assertThat(refused(sh("pwd").put("directory", directory)).failure().reason())
        .isEqualTo(Reason.INVALID_ARGUMENTS);
    assertThat(refused(sh("pwd").put("directory", "none")).failure().reason())
        .isEqualTo(Reason.NOT_FOUND);
  }

  @Test
  void longOutputsKeepTheirEndAndSaySo() throws Exception {
    MethodResult result = run(sh("i=0; while [ $i -lt 20000 ]; do echo line $i; i=$((i+1)); done"));

    String stdout = result.output().path("stdout").asText();
    assertThat(stdout).hasSize(Tail.LIMIT).endsWith("line 19999\n");
    assertThat(result.output().path("stdoutCut").asBoolean()).isTrue();
    assertThat(result.output().has("stderrCut")).isFalse();
  }

  @Test
  void aFailureIsKnownAndARetryRunsItAgain() throws Exception {
    ObjectNode arguments = sh("echo x >> tries; echo no luck >&2; test $(wc -l < tries) -gt 1");

    MethodException e = refused(arguments);
    again();
    MethodResult second = run(arguments);

    assertThat(e.failure().reason()).isEqualTo(Reason.COMMAND_FAILED);
    assertThat(e.effect()).isEqualTo(Effect.NOT_MADE);
    assertThat(e.failure().message()).endsWith("ended with status 1: no luck");
    assertThat(second.outcome()).isEqualTo(Outcome.EXECUTED);
  }

  @Test
  void whatRanInAnAttemptThatWasCutShortIsNotRunAgain() throws Exception {
    ObjectNode arguments = sh("echo ran; echo x >> tries");
    MethodResult first = run(arguments);
    again();

    MethodResult second = run(arguments);

    assertThat(second.outcome()).isEqualTo(Outcome.REUSED);
    assertThat(second.output()).isEqualTo(first.output());
    assertThat(root.resolve("tries")).hasContent("x\n");
  }

  @Test
  void aKeptResultIsNotGivenWithoutItsFiles() throws Exception {
    ObjectNode arguments = sh("echo x > made");
    run(arguments);
    Files.delete(root.resolve("made"));
    again();

    MethodException e = refused(arguments);

    assertThat(e.failure().reason()).isEqualTo(Reason.IN_DOUBT);
    assertThat(e.failure().message()).contains("were put back");
  }

  @Test
  void whatMayRunAgainIsRunAgain() throws Exception {
    ObjectNode arguments = sh("echo x >> tries").put("onUnknown", "rerun");
    run(arguments);
    again();

    assertThat(run(arguments).outcome()).isEqualTo(Outcome.EXECUTED);
    assertThat(root.resolve("tries")).hasContent("x\nx\n");
  }

  @Test
  void aTimeoutKillsTheWholeTreeAndLeavesADoubt() throws Exception {
    ObjectNode arguments =
        sh("setsid sh -c 'echo $$ > left; sleep 1000' & sleep 1000 & echo $! > child;"
                + " while ! [ -s left ]; do :; done; wait")
            .put("timeout", "3s");

    MethodException e = refused(arguments);

    assertThat(e.failure().reason()).isEqualTo(Reason.DEADLINE);
    assertThat(e.effect()).isEqualTo(Effect.UNKNOWN);
    assertThat(isAlive("child")).isFalse();
    assertThat(isAlive("left")).as("what went into a session of its own").isFalse();
    again();
    assertThat(refused(arguments).failure().reason()).isEqualTo(Reason.IN_DOUBT);
  }

  @Test
  void aTimeoutOfWhatMayRunAgainLeavesNoDoubt() {
    ObjectNode arguments = sh("sleep 1000").put("timeout", "200ms").put("onUnknown", "rerun");

    assertThat(refused(arguments).effect()).isEqualTo(Effect.NOT_MADE);
    again();
    assertThat(refused(arguments).failure().reason()).isEqualTo(Reason.DEADLINE);
  }

  @Test
  void nothingIsLeftWorkingWhenTheProgramHasEnded() throws Exception {
    run(sh("sleep 1000 & echo $! > child"));

    assertThat(isAlive("child")).isFalse();
  }

  @Test
  void cancellationKillsTheTree() throws Exception {
    AtomicReference<Throwable> end = new AtomicReference<>();
    CountDownLatch ended = new CountDownLatch(1);
    Thread caller =
        new Thread(
            () -> {
              try {
                run(sh("sleep 1000 & echo $! > child.new; mv child.new child; wait"));
              } catch (Throwable e) {
                end.set(e);
              }
              ended.countDown();
            });
    caller.start();
    while (!Files.exists(root.resolve("child"))) {
      Thread.onSpinWait();
    }

    caller.interrupt();

    assertThat(ended.await(60, TimeUnit.SECONDS)).isTrue();
    assertThat(end.get()).isInstanceOf(InterruptedException.class);
    assertThat(isAlive("child")).isFalse();
  }

  private boolean isAlive(String file) throws IOException {
    long pid = Long.parseLong(Files.readString(root.resolve(file)).strip());
    return ProcessHandle.of(pid)
        .filter(ProcessHandle::isAlive)
        .filter(p -> !isZombie(pid))
        .isPresent();
  }

  /** Killed, and only not yet collected by whoever became its parent. */
  private static boolean isZombie(long pid) {
    try {
      return Files.readString(Path.of("/proc/" + pid + "/stat")).contains(") Z ");
    } catch (IOException e) {
      return true;
    }
  }
}
