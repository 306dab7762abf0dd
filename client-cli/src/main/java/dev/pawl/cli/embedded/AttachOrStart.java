package dev.pawl.cli.embedded;

import dev.pawl.cli.failure.CliException;
import dev.pawl.cli.failure.Failure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Takes hold of the data directory's server, and starts one if there is none. */
final class AttachOrStart {
  /** A first start unpacks and initialises a database, perhaps on a busy machine. */
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  private static final Duration PAUSE = Duration.ofMillis(50);

  private final Path dataDir;
  private final ServerProcess process;

  AttachOrStart(Path dataDir, ServerProcess process) {
    this.dataDir = dataDir;
    this.process = process;
  }

  /**
   * Attaches.
   *
   * @throws CliException UNAVAILABLE with the server's own last words if it does not start
   */
  Attachment run() throws IOException, InterruptedException {
    Optional<Attachment> running = attach();
    if (running.isPresent()) {
      return running.get();
    }
    try (DirectoryLock starting =
        DirectoryLock.take(dataDir, DirectoryLock.START, PATIENCE)
            .orElseThrow(() -> failed("another command has been starting it for too long"))) {
      // Whoever held the lock before has started it, most likely.
      Optional<Attachment> started = attach();
      return started.isPresent() ? started.get() : start();
    }
  }

  private Optional<Attachment> attach() throws IOException {
    return ServerFile.read(dataDir).flatMap(Attachment::to);
  }

  private Attachment start() throws IOException, InterruptedException {
    Path log = dataDir.resolve("server.log");
    Process server = process.start(dataDir, log);
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (System.nanoTime() - end < 0) {
      Optional<Attachment> attached = attach();
      if (attached.isPresent()) {
        stopUnlessAttached(server, attached.get());
        return attached.get();
      }
      if (server.waitFor(PAUSE.toMillis(), TimeUnit.MILLISECONDS)) {
        throw failed(lastWords(log));
      }
    }
    server.destroy();
    throw failed("it did not answer within " + PATIENCE.toSeconds() + " s");
  }

  /** A {@code pawl server} may have come up on this directory while ours waited for its lock. */
  private static void stopUnlessAttached(Process ours, Attachment attached) {
    if (ours.pid() != attached.pid()) {
      ours.destroy();
    }
  }

  private CliException failed(String why) {
    return new CliException(
        Failure.of("UNAVAILABLE", "SERVER_NOT_STARTED", "the embedded server did not start: " + why)
            .withHints("its log: " + dataDir.resolve("server.log")));
  }

  private static String lastWords(Path log) throws IOException {
    List<String> lines = Files.readAllLines(log).stream().filter(l -> !l.isBlank()).toList();
    return lines.stream()
        .filter(line -> line.startsWith("error: "))
        .map(line -> line.substring("error: ".length()))
        .findFirst()
        .orElse(lines.isEmpty() ? "it said nothing" : lines.getLast());
  }
}
