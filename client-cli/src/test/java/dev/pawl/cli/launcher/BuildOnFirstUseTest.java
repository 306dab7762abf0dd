package dev.pawl.cli.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pawl.cli.launcher.Checkout.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BuildOnFirstUseTest {
  @TempDir Path folder;
  private Checkout checkout;

  @BeforeEach
  void machine() throws IOException {
    checkout = new Checkout(folder.toRealPath());
    checkout.set("JAVA_HOME", checkout.jdk("jdk", "25.0.3").toString());
  }

  @Test
  void buildsOnceAndSaysSo() throws Exception {
    checkout.maven(Checkout.BUILDS);
    Result first = checkout.run("x");
    assertThat(first.code()).isZero();
    assertThat(first.err().getFirst()).contains("building Pawl, first use only");
    Result second = checkout.run("x");
    assertThat(second.err()).isEmpty();
    assertThat(checkout.countMavenRuns()).isEqualTo(1);
  }

  @Test
  void concurrentFirstUsesBuildOnce() throws Exception {
    checkout.maven("sleep 1; " + Checkout.BUILDS);
    List<Process> processes = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      processes.add(checkout.start(checkout.root().resolve("pawl"), "x"));
    }
    List<String> told = new ArrayList<>();
    for (Process process : processes) {
      Result result = Result.of(process);
      assertThat(result.code()).isZero();
      assertThat(result.arguments()).endsWith("x");
      told.addAll(result.err());
    }
    assertThat(checkout.countMavenRuns()).isEqualTo(1);
    assertThat(told).filteredOn(l -> l.contains("waiting for another pawl")).hasSize(3);
  }

  @Test
  void buildsAgainWhenASourceIsNewer() throws Exception {
    checkout.maven(Checkout.BUILDS);
    checkout.run("x");
    newer("client-cli/src/main/Changed.java");
    assertThat(checkout.run("x").err().getFirst()).contains("sources have changed");
    assertThat(checkout.countMavenRuns()).isEqualTo(2);
  }

  @Test
  void aChangedTestIsNoReasonToBuild() throws Exception {
    checkout.maven(Checkout.BUILDS);
    checkout.run("x");
    newer("client-cli/src/test/Changed.java");
    checkout.run("x");
    assertThat(checkout.countMavenRuns()).isEqualTo(1);
  }

  @Test
  void aFailedBuildShowsWhyAndIsTriedAgain() throws Exception {
    checkout.maven("echo '[INFO] noise'; echo '[ERROR] the reason'; exit 1");
    Result failed = checkout.run("x");
    assertThat(failed.code()).isEqualTo(1);
    assertThat(failed.out()).isEmpty();
    assertThat(failed.err()).anyMatch(l -> l.contains("the reason"));
    assertThat(failed.err()).noneMatch(l -> l.contains("noise"));
    checkout.maven(Checkout.BUILDS);
    assertThat(checkout.run("x").code()).isZero();
  }

  @Test
  void withoutMavenSaysWhatToInstall() throws Exception {
    Result result = checkout.run("x");
    assertThat(result.code()).isEqualTo(1);
    assertThat(result.err()).hasSize(1);
    assertThat(result.err().getFirst()).contains("no mvn on the PATH", "install Maven");
  }

  @Test
  void mavenLearnsOfAJdkInAnUnusualPlace() throws Exception {
    checkout.maven("echo \"$JAVA25_HOME\" >seen; " + Checkout.BUILDS);
    checkout.run("x");
    assertThat(Files.readString(checkout.root().resolve("seen")).strip())
        .isEqualTo(checkout.root().resolveSibling("jdk").toString());
  }

  private void newer(String source) throws IOException {
    Path file = checkout.root().resolve(source);
    Files.writeString(file, "");
    Files.setLastModifiedTime(file, FileTime.from(Instant.now().plusSeconds(5)));
  }
}
