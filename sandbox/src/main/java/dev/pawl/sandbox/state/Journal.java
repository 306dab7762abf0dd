package dev.pawl.sandbox.state;

import dev.pawl.sandbox.SandboxException;
import dev.pawl.sandbox.document.JsonText;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The changes on disk, one JSON line each, flushed before the request that made them is answered. A
 * last line that was cut off by a crash is left out: nobody was told of it.
 */
final class Journal implements AutoCloseable {
  private final Path file;
  private final FileChannel lockChannel;
  private final List<Change> recovered;
  private @Nullable FileChannel out;

  private Journal(Path file, FileChannel lockChannel, List<Change> recovered) {
    this.file = file;
    this.lockChannel = lockChannel;
    this.recovered = recovered;
  }

  static Journal open(Path directory) {
    try {
      Files.createDirectories(directory);
      FileChannel lockChannel = lock(directory);
      Path file = directory.resolve("journal.jsonl");
      return new Journal(file, lockChannel, read(file));
    } catch (IOException e) {
      throw new SandboxException(
          "The data directory "
              + directory
              + " can't be used ("
              + e.getMessage()
              + "); give another with --data-dir.",
          e);
    }
  }

  private static FileChannel lock(Path directory) throws IOException {
    FileChannel channel =
        FileChannel.open(
            directory.resolve("sandbox.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    FileLock lock = null;
    try {
      lock = channel.tryLock();
    } catch (OverlappingFileLockException e) {
      // Held by another sandbox of this very process: the same as held by another process.
    }
    if (lock == null) {
      channel.close();
      throw new SandboxException(
          "The data directory "
              + directory
              + " is in use by another sandbox; stop that one or give another directory.");
    }
    return channel;
  }

  private static List<Change> read(Path file) throws IOException {
    List<Change> changes = new ArrayList<>();
    if (!Files.exists(file)) {
      return changes;
    }
    String text = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
    List<String> lines = text.lines().filter(line -> !line.isBlank()).toList();
    for (int i = 0; i < lines.size(); i++) {
      try {
        changes.add(Change.of(JsonText.parse(lines.get(i).getBytes(StandardCharsets.UTF_8))));
      } catch (IOException | RuntimeException e) {
        if (i < lines.size() - 1) {
          throw new SandboxException(
              "Line "
                  + (i + 1)
                  + " of "
                  + file
                  + " is damaged; move the file away to start with nothing made.",
              e);
        }
      }
    }
    return changes;
  }

  List<Change> recovered() {
    return recovered;
  }

  /** Replaces the file by the fewest lines that say the same, and goes on appending to it. */
  void restart(List<Change> changes) {
    try {
      Path fresh = file.resolveSibling("journal.jsonl.new");
      try (FileChannel channel =
          FileChannel.open(
              fresh,
              StandardOpenOption.CREATE,
              StandardOpenOption.TRUNCATE_EXISTING,
              StandardOpenOption.WRITE)) {
        write(channel, changes);
      }
      Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      out = FileChannel.open(file, StandardOpenOption.WRITE, StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new SandboxException(
          "The journal " + file + " can't be written (" + e.getMessage() + ").", e);
    }
  }

  void append(List<Change> changes) {
    FileChannel channel = out;
    if (channel == null || changes.isEmpty()) {
      return;
    }
    try {
      write(channel, changes);
    } catch (IOException e) {
      throw new SandboxException(
          "The journal " + file + " can't be written (" + e.getMessage() + ").", e);
    }
  }

  private static void write(FileChannel channel, List<Change> changes) throws IOException {
    ByteArrayOutputStream lines = new ByteArrayOutputStream();
    for (Change change : changes) {
      lines.writeBytes(JsonText.print(change.toJson()));
      lines.write('\n');
    }
    ByteBuffer buffer = ByteBuffer.wrap(lines.toByteArray());
    while (buffer.hasRemaining()) {
      channel.write(buffer);
    }
    channel.force(false);
  }

  @Override
  public void close() {
    try (FileChannel lock = lockChannel;
        FileChannel channel = out) {
      out = null;
    } catch (IOException e) {
      throw new SandboxException("The journal " + file + " can't be closed.", e);
    }
  }
}
