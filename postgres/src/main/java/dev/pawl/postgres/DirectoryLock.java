package dev.pawl.postgres;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashSet;
import java.util.OptionalLong;
import java.util.Set;

/** One process at a time in a data directory: a lock on its {@code lock} file, ended by death. */
final class DirectoryLock implements AutoCloseable {
  /**
   * What this JVM holds. The kernel drops a process's lock when <em>any</em> of its descriptors on
   * the file is closed, so a second attempt from the same JVM must not even open the file.
   */
  private static final Set<Path> HELD = new HashSet<>();

  private final Path file;
  private final FileChannel channel;

  private DirectoryLock(Path file, FileChannel channel) {
    this.file = file;
    this.channel = channel;
  }

  /**
   * Takes the lock, or fails at once.
   *
   * @throws DataDirectoryLocked when another process, or this one, holds it
   */
  static DirectoryLock take(Path dataDir) throws IOException {
    Path file = dataDir.toRealPath().resolve("lock");
    synchronized (HELD) {
      if (HELD.contains(file)) {
        throw new DataDirectoryLocked(dataDir, OptionalLong.of(ProcessHandle.current().pid()));
      }
      FileChannel channel =
          FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      try {
        if (channel.tryLock() == null) {
          throw new DataDirectoryLocked(dataDir, holder(file));
        }
        channel.truncate(0);
        byte[] pid = (ProcessHandle.current().pid() + "\n").getBytes(StandardCharsets.US_ASCII);
        channel.write(ByteBuffer.wrap(pid));
      } catch (IOException | RuntimeException e) {
        channel.close();
        throw e;
      }
      HELD.add(file);
      return new DirectoryLock(file, channel);
    }
  }

  private static OptionalLong holder(Path file) {
    try {
      return OptionalLong.of(Long.parseLong(Files.readString(file).strip()));
    } catch (IOException | NumberFormatException e) {
      return OptionalLong.empty();
    }
  }

  @Override
  public void close() {
    synchronized (HELD) {
      HELD.remove(file);
      try {
        channel.close();
      } catch (IOException e) {
        throw new PostgresException("The lock " + file + " can't be released: " + e, e);
      }
    }
  }
}
