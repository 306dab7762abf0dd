package dev.pawl.server.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pawl.model.Timing;
import dev.pawl.model.http.ConnectionSettings;
import dev.pawl.server.engine.EngineSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
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
    assertThat(options.connections())
        .extracting(ConnectionSettings::params)
        .containsExactly(Map.of(), Map.of("account_id", "4711"));
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
  void paramsAreGivenInEitherWay() throws IOException {
    String text = "acme=https://api.example.com,param.account_id=4711,param.region=a=b";
    Map<String, String> params = Map.of("account_id", "4711", "region", "a=b");
    assertThat(read("connections: ['" + text + "']").connections().get(0).params())
        .isEqualTo(params);
    assertThat(
            read("connections: [{connection: '" + text + "', params: {region: 2}}]")
                .connections()
                .get(0)
                .params())
        .containsEntry("region", "2")
        .containsEntry("account_id", "4711");
    assertThatThrownBy(() -> read("connections: ['acme=https://a.example,param.a=']"))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("connection acme: a param needs a name and a value: a");
    assertThatThrownBy(() -> read("connections: [{connection: 'a=https://a.example', param: {}}]"))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("connections.param is not a setting");
    assertThatThrownBy(
            () -> read("connections: [{connection: 'a=https://a.example', params: {x: [1]}}]"))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("connections.a.params.x must be one value");
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
