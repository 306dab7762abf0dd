package dev.pawl.server.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pawl.model.Timing;
import dev.pawl.server.engine.EngineSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigurationPageTest {
  private static final Path PAGE = Path.of("../docs/configuration.md");

  @TempDir Path temp;

  private ServerOptions read(String yaml) throws IOException {
    Path file = Files.writeString(temp.resolve("config.yaml"), yaml);
    return ReadConfig.run(file, ServerOptions.in(temp), name -> null);
  }

  @Test
  void theExampleIsReadAndTheTableNamesEveryKey() throws IOException {
    String page = Files.readString(PAGE);
    String example = page.substring(page.indexOf("```yaml\n") + 8, page.lastIndexOf("```"));
    ServerOptions options = read(example);
    assertThat(options.timing()).isEqualTo(Timing.DEFAULT);
    assertThat(options.recoverTasksTimeout()).isEqualTo(Duration.ofMinutes(1));
    assertThat(options.intentKeyFile()).isEqualTo(Path.of("/run/secrets/pawl-intent.key"));

    Set<String> named = new TreeSet<>();
    Matcher row = Pattern.compile("(?m)^\\| `([\\w.]+)` \\|").matcher(page);
    while (row.find()) {
      named.add(row.group(1).replaceAll("\\..*", ""));
    }
    assertThatThrownBy(() -> read("nonsense: 1"))
        .hasMessageEndingWith("is not a setting; there are " + String.join(", ", named));
  }

  @Test
  void signsOfLifeFitIntoAShorterSilence() throws IOException {
    assertThat(read("port: 1").heartbeat()).isEqualTo(EngineSettings.HEARTBEAT);
    assertThat(read("recoverTasksTimeout: 6s").heartbeat()).isEqualTo(Duration.ofSeconds(1));
    assertThat(read("recoverTasksTimeout: {minutes: 5}").heartbeat())
        .isEqualTo(EngineSettings.HEARTBEAT);
    assertThat(read("{recoverTasksTimeout: 6s, heartbeat: 3s}").heartbeat())
        .isEqualTo(Duration.ofSeconds(3));
    assertThatThrownBy(() -> read("{recoverTasksTimeout: 6s, heartbeat: 4s}"))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("heartbeat of 4000 ms is too long")
        .hasMessageContaining("6000 ms");
  }
}
