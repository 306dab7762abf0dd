package dev.pawl.cli.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code pawl run} alone: server, database and API come and go with the command. */
@Timeout(300)
class EmbeddedRunsTest {
  @TempDir Path home;
  private Pawl pawl;
  private DataDirectory data;

  @BeforeEach
  void empty() throws Exception {
    pawl = new Pawl(home);
    data = pawl.emptyDirectory("data");
  }

  @AfterEach
  void end() throws Exception {
    pawl.end();
  }

  @Test
  void theSecondRunMakesNothing() throws Exception {
    RunAnswer first = pawl.runDocument(webTier()).succeeded();
    assertThat(first.steps()).isEqualTo(WebTier.CREATED);
    long made = made();

    RunAnswer second = pawl.runDocument(webTier()).succeeded();

    assertThat(second.steps()).isEqualTo(WebTier.KEPT);
    assertThat(second.run()).isNotEqualTo(first.run());
    assertThat(made()).isEqualTo(made).isEqualTo(WebTier.POSTS.size());
  }

  @Test
  void tenAtOnceMakeEverythingOnce() throws Exception {
    List<RunningCommand> ten = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      ten.add(pawl.start(webTier("-o", "json")));
    }

    List<String> steps = new ArrayList<>();
    for (RunningCommand each : ten) {
      steps.addAll(RunAnswer.of(each.finish()).succeeded().steps());
    }

    assertThat(made()).isEqualTo(WebTier.POSTS.size());
    assertThat(steps).hasSize(60).filteredOn(s -> s.endsWith(" CREATED")).hasSize(6);
  }

  private String[] webTier(String... more) {
    List<String> line = new ArrayList<>(List.of("run", WebTier.file().toString()));
    line.addAll(List.of("--sandbox", "digitalocean", "--data-dir", data.path().toString()));
    line.addAll(List.of(more));
    return line.toArray(String[]::new);
  }

  /** How many resources the sandbox has ever made: its journal outlives it. */
  private long made() throws Exception {
    try (var lines = Files.lines(data.path().resolve("sandbox/digitalocean/journal.jsonl"))) {
      return lines.filter(l -> l.contains("\"put\"") && l.contains("\"MADE\"")).count();
    }
  }
}
