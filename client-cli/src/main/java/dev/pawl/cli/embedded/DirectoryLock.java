package dev.pawl.cli.embedded;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * A lock on a file of the data directory. The kernel gives it back when its process ends, however
 * it ends.
 */
final class DirectoryLock implements AutoCloseable {
  /** Held by the server of the directory as long as it lives. */
  static final String SERVER = "server.lock";

  /** Held by the command that starts the server, until it answers. */
  static final String START = "start.lock";

  private static final Duration PAUSE = Duration.ofMillis(50);

  private final FileChannel channel;

  private DirectoryLock(FileChannel channel) {
    this.channel = channel;
  }

  /** Takes the lock as soon as it is free; none if it wasn't within {@code patience}. */
  static Optional<DirectoryLock> take(Path dataDir, String name, Duration patience)
      throws IOException, InterruptedException {
    FileChannel channel = open(dataDir, name);
    long end = System.nanoTime() + patience.toNanos();
    while (true) {
      if (tryLock(channel)) {
        return Optional.of(new DirectoryLock(channel));
      }
      if (System.nanoTime() - end >= 0) {
        channel.close();
        return Optional.empty();
      }
      TimeUnit.NANOSECONDS.sleep(PAUSE.toNanos());
    }
  }

  private static FileChannel open(Path dataDir, String name) throws IOException {
    try {
      Files.createDirectories(dataDir);
      return FileChannel.open(
          dataDir.resolve(name), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    } catch (FileSystemException e) {
      throw Unusable.dataDirectory(dataDir, e);
    }
  }

  private static boolean tryLock(FileChannel channel) throws IOException {
    try {
      FileLock lock = channel.tryLock();
      return lock != null;
    } catch (OverlappingFileLockException e) {
      // Held by this very process (tests): as taken as by another.
      return false;
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
