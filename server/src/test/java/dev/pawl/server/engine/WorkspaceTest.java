package dev.pawl.server.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pawl.model.Json;
import dev.pawl.model.MethodResult;
import dev.pawl.model.Outcome;
import dev.pawl.server.run.RunKey;
import dev.pawl.server.run.RunStatus;
import dev.pawl.server.store.WorkspaceStore;
import dev.pawl.server.store.postgres.TestDatabase;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** Steps that note which files they find in the workspace, and then do something to them. */
@SuppressWarnings("NullAway.Init")
abstract class WorkspaceTest {
  final Script script = new Script();
  final Set<String> failing = ConcurrentHashMap.newKeySet();
  TestDatabase database;
  WorkspaceStore store;
  TestExecutor first;
  TestExecutor second;

  @BeforeEach
  void open() {
    database = TestDatabase.create();
    store = database.store().workspaces();
    first = TestExecutor.start(database, script.models(), 100);
  }

  @AfterEach
  void close() {
    if (second != null) {
      second.close();
    }
    first.close();
    database.close();
  }

  @FunctionalInterface
  interface Act {
    void on(Path root, ObjectNode arguments) throws IOException;
  }

  /** A step that notes which files it finds, and then does something to them. */
  void step(String instance, Act act) {
    script.on(
        instance,
        (arguments, context) -> {
          Path root = context.workspace().root();
          script.note(instance + " finds " + files(root));
          try {
            act.on(root, arguments);
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
          if (failing.contains(instance)) {
            throw World.refused("it was to fail");
          }
          return MethodResult.of(Json.object(), Outcome.EXECUTED);
        });
  }

  void writes(String instance) {
    step(
        instance,
        (root, arguments) ->
            Files.writeString(root.resolve(instance), instance + arguments.path("v").asText()));
  }

  /** Name to contents of all plain files. */
  static TreeMap<String, String> files(Path root) {
    TreeMap<String, String> found = new TreeMap<>();
    try (Stream<Path> all = Files.walk(root)) {
      for (Path path :
          all.filter(p -> Files.isRegularFile(p, LinkOption.NOFOLLOW_LINKS)).toList()) {
        found.put(root.relativize(path).toString(), Files.readString(path));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return found;
  }

  static String chain(String... more) {
    return Flow.spec(
        "inputs: {v: {type: string, default: ''}}",
        """
        - {id: one, method: act}
        - {id: two, method: act, dependsOn: [one], with: {v: "${{ inputs.v }}"}}
        - {id: three, method: act, dependsOn: [two]}
        """
            + String.join("\n", more));
  }

  RunKey failed(String flow, String step) throws InterruptedException {
    failing.add(step);
    RunKey run = first.start(flow);
    assertThat(first.end(run).status()).isEqualTo(RunStatus.FAILED);
    failing.clear();
    return run;
  }

  List<String> snapshots(RunKey run) {
    return store.snapshots(run).stream().map(s -> s.step() + "@" + s.attempt()).toList();
  }
}
