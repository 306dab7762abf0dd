package dev.pawl.cli.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pawl.cli.launcher.Checkout.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FindJdkTest {
  @TempDir Path folder;
  private Checkout checkout;

  @BeforeEach
  void build() throws IOException {
    checkout = new Checkout(folder.toRealPath()).built();
  }

  @Test
  void javaHomeBeatsThePathAndTheFolders() throws Exception {
    Path home = checkout.jdk("home", "21.0.9");
    onPath(checkout.jdk("path", "25"));
    checkout.set("PAWL_JDK_FOLDERS", checkout.jdk("folder", "26").toString());
    checkout.set("JAVA_HOME", home.toString());
    assertThat(checkout.run("x").out()).contains("home " + home);
  }

  @Test
  void aJavaHomeThatIsTooOldIsPassedOver() throws Exception {
    checkout.set("JAVA_HOME", checkout.jdk("home", "17.0.15").toString());
    Path path = checkout.jdk("path", "21");
    onPath(path);
    assertThat(checkout.run("x").out()).contains("home " + path);
  }

  @Test
  void aJavaOnThePathThatIsTooOldIsPassedOverForTheNewestInTheFolders() throws Exception {
    onPath(checkout.jdk("path", "17.0.15"));
    Path newest = checkout.jdk("c", "25.0.3");
    checkout.set(
        "PAWL_JDK_FOLDERS",
        "%s %s %s %s"
            .formatted(
                checkout.jdk("a", "1.8.0_292"),
                checkout.jdk("b", "21.0.1"),
                newest,
                checkout.jdk("d", "22")));
    assertThat(checkout.run("x").out()).contains("home " + newest);
  }

  @Test
  void aRuntimeWithoutACompilerIsNoJdk() throws Exception {
    checkout.set("JAVA_HOME", checkout.jre("jre", "25").toString());
    Path jdk = checkout.jdk("jdk", "21");
    checkout.set("PAWL_JDK_FOLDERS", jdk.toString());
    assertThat(checkout.run("x").out()).contains("home " + jdk);
  }

  @Test
  void withoutAnySaysSoInOneSentence() throws Exception {
    checkout.set("JAVA_HOME", checkout.jdk("home", "17.0.15").toString());
    Result result = checkout.run("x");
    assertThat(result.code()).isEqualTo(1);
    assertThat(result.out()).isEmpty();
    assertThat(result.err()).hasSize(1);
    assertThat(result.err().getFirst())
        .contains("no JDK 21 or newer", "JAVA_HOME", "PATH", "/usr/lib/jvm", "install");
  }

  @Test
  void argumentsArriveAsGiven() throws Exception {
    checkout.set("JAVA_HOME", checkout.jdk("a jdk", "25").toString());
    assertThat(checkout.run("run", "two words", "", "a*b", "--x=$y").arguments())
        .endsWith("dev.pawl.cli.Main", "run", "two words", "", "a*b", "--x=$y");
  }

  @Test
  void theJvmTakesTheLaunchersPlace() throws Exception {
    checkout.set("JAVA_HOME", checkout.jdk("jdk", "25").toString());
    Result result = checkout.run("server");
    assertThat(result.out()).contains("pid " + result.pid());
  }

  @Test
  void worksThroughASymbolicLinkFromElsewhere() throws Exception {
    checkout.set("JAVA_HOME", checkout.jdk("jdk", "25").toString());
    Path link = Files.createDirectories(folder.resolve("bin")).resolve("pawl");
    Files.createSymbolicLink(link, Path.of("../checkout/pawl"));
    Result result = Result.of(checkout.start(link, "x"));
    assertThat(result.arguments())
        .contains("-Dpawl.launcher=" + checkout.root().resolve("pawl"))
        .contains(checkout.root().resolve(".pawl-build/dist-1/pawl.jar").toString());
  }

  @Test
  void aServerIsNotTunedLikeACommand() throws Exception {
    checkout.set("JAVA_HOME", checkout.jdk("jdk", "25").toString());
    assertThat(checkout.run("show").arguments()).contains("-XX:TieredStopAtLevel=1");
    assertThat(checkout.run("server").arguments()).doesNotContain("-XX:TieredStopAtLevel=1");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"PAWL_JAVA_OPTS", "JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "_JAVA_OPTIONS"})
  void aServerHasOneCollector(String variable) throws Exception {
    checkout.set("JAVA_HOME", checkout.jdk("jdk", "25").toString());
    checkout.set(variable, "-XX:+UseLargePages -XX:ParallelGCThreads=2");
    assertThat(checkout.run("server").arguments()).contains("-XX:+UseParallelGC");
    checkout.set(variable, "-Xmx2g -XX:+UseZGC");
    assertThat(checkout.run("server").arguments()).doesNotContain("-XX:+UseParallelGC");
    checkout.set(variable, "-Xmx256m -XX:+UseZGC -Xmx256m");
    assertThat(checkout.run("server").arguments())
        .doesNotContain("-XX:+UseParallelGC", "-XX:+UseSerialGC");
  }

  @ParameterizedTest
  @CsvSource({
    "-Xmx511m,true",
    "-Xmx300000K,true",
    "-Xmx268435456,true",
    "-Xmx512M,false",
    "-Xmx1g,false",
    "-Xmx256m -Xmx1g,false",
    "-Xmxplenty,false",
    "-Xmx0100m,true",
    "-Xmx0900m,false",
    "-Xmx99999999999999999999,false",
    "-Xms64m,false"
  })
  void aServerWithASmallHeapHasTheSerialCollector(String heap, boolean small) throws Exception {
    checkout.set("JAVA_HOME", checkout.jdk("jdk", "25").toString());
    checkout.set("PAWL_JAVA_OPTS", "-Xss1m " + heap);
    assertThat(checkout.run("server").arguments())
        .contains(small ? "-XX:+UseSerialGC" : "-XX:+UseParallelGC")
        .doesNotContain(small ? "-XX:+UseParallelGC" : "-XX:+UseSerialGC");
  }

  /** The JVM reads its command line after this variable. */
  @Test
  void theHeapThatTheJvmTakesDecides() throws Exception {
    checkout.set("JAVA_HOME", checkout.jdk("jdk", "25").toString());
    checkout.set("JAVA_TOOL_OPTIONS", "-Xmx256m");
    checkout.set("PAWL_JAVA_OPTS", "-Xmx4g");
    assertThat(checkout.run("server").arguments()).contains("-XX:+UseParallelGC");
    checkout.set("_JAVA_OPTIONS", "-Xmx128m");
    assertThat(checkout.run("server").arguments()).contains("-XX:+UseSerialGC");
  }

  @Test
  void warningsAreSilencedOnlyWhereTheJdkKnowsTheOption() throws Exception {
    checkout.set("JAVA_HOME", checkout.jdk("old", "21").toString());
    assertThat(checkout.run("show").arguments())
        .noneMatch(argument -> argument.startsWith("--sun-misc-unsafe"));
    checkout.set("JAVA_HOME", checkout.jdk("new", "24").toString());
    assertThat(checkout.run("show").arguments()).contains("--sun-misc-unsafe-memory-access=allow");
  }

  private void onPath(Path jdk) throws IOException {
    Files.createSymbolicLink(checkout.tools().resolve("java"), jdk.resolve("bin/java"));
  }
}
