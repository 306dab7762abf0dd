package dev.pawl.server.bench;

import dev.pawl.server.store.postgres.DatabaseSettings;
import dev.pawl.v1.ExecutionServiceGrpc;
import dev.pawl.v1.ExecutionServiceGrpc.ExecutionServiceBlockingStub;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** A {@link BenchServer} as the bench sees it. */
final class BenchedServer implements AutoCloseable {
  private final Process process;
  private final BufferedReader answers;
  private final BufferedWriter questions;
  private final ManagedChannel channel;

  /**
   * What the server has used since it began, and of memory since the last question.
   *
   * @param cpuNanos of the whole process, its collector's too
   * @param allocated bytes of objects that were ever made
   * @param peak most bytes of heap left after a collection
   * @param live bytes of heap left after a full collection
   */
  record Used(long cpuNanos, long allocated, long peak, long live) {}

  private BenchedServer(Process process) throws IOException {
    this.process = process;
    this.answers = process.inputReader();
    this.questions = process.outputWriter();
    this.channel =
        Grpc.newChannelBuilder(
                "127.0.0.1:" + number(answer(), "port"), InsecureChannelCredentials.create())
            .maxInboundMessageSize(64 << 20)
            .build();
  }

  static BenchedServer start(DatabaseSettings database, Path home) throws IOException {
    String url =
        database.url()
            + "?currentSchema=public&user="
            + database.user()
            + "&password="
            + database.password();
    return new BenchedServer(
        new ProcessBuilder(
                List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "--enable-native-access=ALL-UNNAMED",
                    "-XX:+UseG1GC",
                    "-Xmx256m",
                    "-cp",
                    System.getProperty("java.class.path"),
                    BenchServer.class.getName(),
                    url,
                    home.toString()))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start());
  }

  ExecutionServiceBlockingStub runs() {
    return ExecutionServiceGrpc.newBlockingStub(channel);
  }

  long pid() {
    return process.pid();
  }

  Used used() throws IOException {
    questions.write("used\n");
    questions.flush();
    String said = answer();
    return new Used(
        number(said, "cpu"), number(said, "allocated"), number(said, "peak"), number(said, "live"));
  }

  private String answer() throws IOException {
    String line = answers.readLine();
    if (line == null) {
      throw new IOException("the server has ended; what it said stands above");
    }
    return line;
  }

  private static long number(String said, String name) {
    return Stream.of(said.split(" "))
        .filter(pair -> pair.startsWith(name + "="))
        .mapToLong(pair -> Long.parseLong(pair.substring(name.length() + 1)))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("no " + name + " in: " + said));
  }

  /** The server ends when nobody can ask it any more. */
  @Override
  public void close() throws IOException, InterruptedException {
    channel.shutdownNow();
    questions.close();
    process.waitFor();
  }
}
