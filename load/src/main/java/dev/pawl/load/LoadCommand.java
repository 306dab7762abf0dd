package dev.pawl.load;

import dev.pawl.load.cases.Case;
import dev.pawl.load.cases.Cases;
import io.grpc.ManagedChannel;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
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
  private static final int LARGEST_ANSWER = 64 << 20;
  private static final int WARMING_CALLERS = 8;

  /** Cores that others may use before and during a measure: as the peers' harness has it. */
  private static final double IDLE = 0.25;

  private static final double NOISE = 0.30;

  @Option(names = "--pawl", required = true, paramLabel = "DIR", description = "The checkout.")
  Path checkout = Path.of(".");

  @Option(
      names = "--database-url",
      required = true,
      paramLabel = "jdbc:…",
      description = "Dropped and made anew; its name must begin with bench_.")
  String databaseUrl = "";

  @Option(names = "--cases", split = ",", description = "What to measure.")
  List<String> cases = Cases.NAMES;

  @Option(names = "--n", split = ",", description = "Steps of a workflow.")
  List<Integer> steps = List.of(1, 10, 100);

  @Option(names = "--c", split = ",", description = "Callers of the closed loop; 0: none.")
  List<Integer> callers = List.of(1, 8, 32);

  @Option(
      names = "--load",
      split = ",",
      description = "Fixed rates besides, as parts of the closed loop's highest, as in 0.7.")
  List<Double> loads = List.of();

  @Option(names = "--rate", split = ",", description = "Fixed rates besides, in operations/s.")
  List<Double> rates = List.of();

  @Option(names = "--most", description = "Operations under way at a fixed rate.")
  int most = 1_000;

  @Option(names = "--jit", description = "Seconds of a first measure that is thrown away.")
  double jit = 8;

  @Option(names = "--warm", description = "Seconds before each window.")
  double warm = 2;

  @Option(names = "--window", description = "Seconds of each.")
  double window = 10;

  @Option(names = "--patience", description = "Seconds to wait for a quiet machine each time.")
  int patience = 10;

  @Option(names = "--again", description = "How many times a noisy measure is repeated.")
  int again = 1;

  @Option(names = "--peer", description = "What results call the server.")
  String peer = "pawl";

  @Option(names = "--round", description = "What results say.")
  String round = "0";

  @Option(names = "--out", paramLabel = "FILE", description = "Lines are added to it too.")
  @Nullable Path out;

  @Option(names = "--log", paramLabel = "FILE", description = "Where the server logs to.")
  Path log = Path.of(System.getProperty("java.io.tmpdir"), "pawl-load-server.log");

  @Option(names = "--jvm", description = "Options of the server's JVM.")
  String jvm = "-Xms1g -Xmx1g";

  public static void main(String[] args) {
    System.exit(new CommandLine(new LoadCommand()).execute(args));
  }

  @Override
  public Integer call() throws Exception {
    Path home = Files.createTempDirectory("pawl-load");
    try {
      if (cases.stream().anyMatch(Cases.OF_API::contains)) {
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
        new ArrayList<>(
            List.of("--data-dir", home.resolve("data").toString(), "--database-url", databaseUrl));
    arguments.addAll(more);
    try (BenchDatabase database = BenchDatabase.fresh(databaseUrl);
        PawlServer server = PawlServer.start(checkout, options(jvm), arguments, log)) {
      ManagedChannel channel =
          NettyChannelBuilder.forTarget(server.address())
              .usePlaintext()
              .directExecutor()
              .maxInboundMessageSize(LARGEST_ANSWER)
              .build();
      try {
        measureAll(
            new Cases(channel),
            new Measure(
                peer,
                round,
                new Usage.Parts(database, server.pid(), api),
                new Measure.Quiet(patience, IDLE, NOISE, again)));
      } finally {
        channel.shutdownNow();
      }
    }
  }

  private static List<String> options(String line) {
    return Arrays.stream(line.split(" ")).filter(word -> !word.isEmpty()).toList();
  }

  private void measureAll(Cases all, Measure measure) throws Exception {
    if (jit > 0) {
      Case warming = all.warming();
      warming.prepare();
      measure.run(warming, new ClosedLoop(WARMING_CALLERS), new Loop.Lengths(jit, 1));
    }
    for (String name : cases) {
      for (Case each : all.of(name, steps)) {
        each.prepare();
        measureOne(each, measure);
      }
    }
  }

  private void measureOne(Case each, Measure measure) throws Exception {
    Loop.Lengths lengths = new Loop.Lengths(warm, window);
    double highest = 0;
    for (int c : callers) {
      if (c > 0) {
        Measured closed = measure.run(each, new ClosedLoop(c), lengths);
        highest = Math.max(highest, closed.outcome().rate());
        say(closed);
      }
    }
    List<Double> asked = new ArrayList<>(rates);
    for (double part : loads) {
      asked.add(part * highest);
    }
    for (double rate : asked) {
      say(measure.run(each, new FixedRate(rate, most), lengths));
    }
  }

  private void say(Measured measured) throws Exception {
    String line = measured.line();
    System.out.println(line);
    if (out != null) {
      Files.writeString(out, line + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }
    Throwable first = measured.outcome().first();
    if (first != null) {
      System.err.println("first of " + measured.outcome().failures() + " failures: " + first);
    }
  }

  private static void remove(Path folder) throws Exception {
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(each);
      }
    }
  }
}
