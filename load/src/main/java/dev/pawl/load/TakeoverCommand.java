package dev.pawl.load;

import com.google.protobuf.Duration;
import dev.pawl.v1.ExecutionServiceGrpc;
import dev.pawl.v1.PutWorkflowRequest;
import dev.pawl.v1.RunStatus;
import dev.pawl.v1.StartRunRequest;
import dev.pawl.v1.StartRunResponse;
import dev.pawl.v1.WorkflowDefinition;
import dev.pawl.v1.WorkflowReference;
import dev.pawl.v1.WorkflowServiceGrpc;
import io.grpc.Channel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
    name = "takeover",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    showDefaultValues = true,
    description =
        "Kills one of several servers of one database under load. Whoever gets no answer asks"
            + " another server with the same key. Prints a line of JSON; fails where a run did not"
            + " succeed.")
final class TakeoverCommand implements Callable<Integer> {
  private static final Duration LONGEST = Duration.newBuilder().setSeconds(300).build();
  private static final long PAUSE = TimeUnit.MILLISECONDS.toNanos(100);
  private static final int STEPS = 10;

  @Option(names = "--pawl", required = true, paramLabel = "DIR", description = "The checkout.")
  Path checkout = Path.of(".");

  @Option(
      names = "--database-url",
      required = true,
      paramLabel = "jdbc:…",
      description = "Dropped and made anew; its name must begin with bench_.")
  String databaseUrl = "";

  @Option(names = "--servers", description = "How many.")
  int servers = 4;

  @Option(names = "--callers", description = "How many, each with one run at a time.")
  int callers = 128;

  @Option(names = "--before", description = "Seconds of load before one is killed.")
  long before = 30;

  @Option(
      names = "--after",
      description = "Seconds of load after it; its runs are taken over after 30.")
  long after = 45;

  @Option(
      names = "--jvm",
      description = "Options of each server's JVM; the launcher's are not added.")
  String jvm = "-Xms256m -Xmx256m -XX:+UseSerialGC";

  private final AtomicLong numbers = new AtomicLong();
  private final AtomicLong done = new AtomicLong();
  private final AtomicLong failed = new AtomicLong();
  private final AtomicLong askedAgain = new AtomicLong();
  private final AtomicLong longest = new AtomicLong();
  private volatile boolean over;

  public static void main(String[] args) {
    System.exit(new CommandLine(new TakeoverCommand()).execute(args));
  }

  @Override
  public Integer call() throws Exception {
    Path home = Files.createTempDirectory("pawl-takeover");
    try {
      return serve(home);
    } finally {
      LoadCommand.remove(home);
    }
  }

  private int serve(Path home) throws Exception {
    try (BenchDatabase database = BenchDatabase.fresh(databaseUrl);
        Servers all = new Servers()) {
      for (int i = 0; i < servers; i++) {
        all.add(
            PawlServer.start(
                checkout,
                List.of(jvm.split(" ")),
                List.of(
                    "--data-dir",
                    home.resolve("data-" + i).toString(),
                    "--database-url",
                    database.url()),
                Path.of(System.getProperty("java.io.tmpdir"), "pawl-takeover-" + i + ".log")));
      }
      return measure(all);
    }
  }

  private int measure(Servers all) throws Exception {
    WorkflowServiceGrpc.newBlockingStub(all.channels().getFirst())
        .putWorkflow(
            PutWorkflowRequest.newBuilder()
                .setDefinition(
                    WorkflowDefinition.newBuilder().setText(workflow()).setFileName("load.yaml"))
                .build());
    CountDownLatch open = new CountDownLatch(callers);
    for (int i = 0; i < callers; i++) {
      Thread.ofVirtual().start(() -> callAgainAndAgain(all.channels(), open));
    }
    TimeUnit.SECONDS.sleep(before);
    long untilKill = done.get();
    all.killLast();
    TimeUnit.SECONDS.sleep(after);
    long untilEnd = done.get();
    over = true;
    boolean ended = open.await(LONGEST.getSeconds(), TimeUnit.SECONDS);
    long runs = number("select count(*) from run");
    long succeeded = number("select count(*) from run where status = 'SUCCEEDED'");
    System.out.printf(
        "{\"servers\":%d,\"callers\":%d,\"ops_s_before\":%.0f,\"ops_s_after\":%.0f,\"answered\":%d,"
            + "\"asked_again\":%d,\"failed\":%d,\"longest_s\":%.1f,\"runs\":%d,\"succeeded\":%d,"
            + "\"taken_over\":%d}%n",
        servers,
        callers,
        (double) untilKill / before,
        (double) (untilEnd - untilKill) / after,
        done.get(),
        askedAgain.get(),
        failed.get(),
        longest.get() / 1e9,
        runs,
        succeeded,
        number("select count(*) from run where attempt > 1"));
    boolean well = ended && failed.get() == 0 && runs == succeeded && runs == numbers.get();
    return well ? 0 : 1;
  }

  private static String workflow() {
    StringBuilder steps = new StringBuilder();
    for (int i = 0; i < STEPS; i++) {
      steps.append(
          "    - {id: s%d, model: core/assert, method: check, with: {that: \"${{ true }}\"}%s}%n"
              .formatted(i, i == 0 ? "" : ", dependsOn: [s" + (i - 1) + "]"));
    }
    return "apiVersion: pawl.dev/v1\nkind: Workflow\nmetadata: {name: taken}\n"
        + "spec:\n  recovery: {strategy: idempotent}\n  steps:\n"
        + steps;
  }

  private void callAgainAndAgain(List<Channel> channels, CountDownLatch open) {
    try {
      while (!over) {
        long number = numbers.getAndIncrement();
        long began = System.nanoTime();
        runToTheEnd(channels, number);
        longest.accumulateAndGet(System.nanoTime() - began, Math::max);
      }
    } catch (InterruptedException | RuntimeException e) {
      failed.incrementAndGet();
      System.err.println(e);
    } finally {
      open.countDown();
    }
  }

  /** As any client would: no answer, then the same again elsewhere. */
  private void runToTheEnd(List<Channel> channels, long number) throws InterruptedException {
    StartRunRequest request =
        StartRunRequest.newBuilder()
            .setStoredWorkflow(WorkflowReference.newBuilder().setName("taken"))
            .setIdempotencyKey("run-" + number)
            .setWait(LONGEST)
            .build();
    for (long tries = 0; ; tries++) {
      Channel channel = channels.get((int) ((number + tries) % channels.size()));
      try {
        StartRunResponse answer = ExecutionServiceGrpc.newBlockingStub(channel).startRun(request);
        if (answer.getRun().getStatus() != RunStatus.RUN_STATUS_SUCCEEDED) {
          throw new IllegalStateException("run-" + number + " is " + answer.getRun());
        }
        done.incrementAndGet();
        return;
      } catch (StatusRuntimeException e) {
        if (e.getStatus().getCode() != Status.Code.UNAVAILABLE || tries > 100) {
          throw e;
        }
        askedAgain.incrementAndGet();
        TimeUnit.NANOSECONDS.sleep(PAUSE);
      }
    }
  }

  private long number(String sql) throws SQLException {
    try (Connection connection = DriverManager.getConnection(databaseUrl);
        Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(sql)) {
      result.next();
      return result.getLong(1);
    }
  }
}
