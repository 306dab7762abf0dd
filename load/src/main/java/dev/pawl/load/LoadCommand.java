package dev.pawl.load;

import dev.pawl.load.cases.Case;
import dev.pawl.load.cases.Cases;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "load",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    showDefaultValues = true,
    description =
        "Starts a server of a built checkout, drives it through its API and prints a line of JSON"
            + " for each measure.")
final class LoadCommand implements Callable<Integer> {
  @Option(names = "--pawl", required = true, paramLabel = "DIR", description = "The checkout.")
  Path checkout = Path.of(".");

  @Option(names = "--cases", split = ",", description = "What to measure.")
  List<String> names = Cases.ALONE;

  @Mixin final Measuring measuring = new Measuring();

  @Option(names = "--peer", description = "What results call the server.")
  String peer = "pawl";

  @Option(names = "--log", paramLabel = "FILE", description = "Where the server logs to.")
  Path log = Path.of(System.getProperty("java.io.tmpdir"), "pawl-load-server.log");

  @Option(names = "--keep", description = "Use the database as it is, instead of making it anew.")
  boolean keep;

  @Option(
      names = "--servers",
      description = "So many on one database; each call goes to the next of them.")
  int servers = 1;

  @Option(
      names = "--jvm",
      description = "Options of each server's JVM; the launcher's are not added.")
  String jvm = "-Xms1g -Xmx1g -XX:+UseParallelGC";

  public static void main(String[] args) {
    System.exit(new CommandLine(new LoadCommand()).execute(args));
  }

  @Override
  public Integer call() throws Exception {
    Path home = Files.createTempDirectory("pawl-load");
    try {
      if (names.stream().anyMatch(Cases.OF_API::contains)) {
        try (NoOpApiProcess api = NoOpApiProcess.start()) {
          serve(home, api.serverOptions(checkout, home), api.pid());
        }
      } else {
        serve(home, List.of(), 0);
      }
    } finally {
      remove(home);
    }
    return 0;
  }

  private void serve(Path home, List<String> more, long api) throws Exception {
    List<String> arguments =
        new ArrayList<>(List.of("--data-dir", "", "--database-url", measuring.databaseUrl));
    arguments.addAll(more);
    try (BenchDatabase database = database();
        Servers all = new Servers()) {
      for (int i = 0; i < servers; i++) {
        arguments.set(1, home.resolve("data-" + i).toString());
        all.add(PawlServer.start(checkout, options(jvm), arguments, log(i)));
      }
      Cases cases = new Cases(all.channel());
      measuring.run(
          peer, cases.warming(), chosen(cases), new Usage.Parts(database, all.pids(), api));
    }
  }

  private Path log(int number) {
    return number == 0 ? log : log.resolveSibling(log.getFileName() + "-" + number);
  }

  private BenchDatabase database() throws SQLException {
    return keep
        ? BenchDatabase.asItIs(measuring.databaseUrl)
        : BenchDatabase.fresh(measuring.databaseUrl);
  }

  private List<Case> chosen(Cases all) {
    return names.stream().flatMap(name -> all.of(name, measuring.steps).stream()).toList();
  }

  private static List<String> options(String line) {
    return Arrays.stream(line.split(" ")).filter(word -> !word.isEmpty()).toList();
  }

  static void remove(Path folder) throws Exception {
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(each);
      }
    }
  }
}
