package dev.pawl.server.files;

import dev.pawl.model.workspace.ConfinedFolder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where this process keeps the folders that its runs work in. They are caches of what is stored:
 * they go with the process, and what a dead one has left is removed by the next.
 */
public final class WorkspaceFolders implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(WorkspaceFolders.class);
  private static final String LOCK = ".lock";

  private final Path own;
  private final Path lockFile;
  private final FileChannel lock;
  private final FileLimits limits;
  private final AtomicLong number = new AtomicLong();

  private WorkspaceFolders(Path own, Path lockFile, FileChannel lock, FileLimits limits) {
    this.own = own;
    this.lockFile = lockFile;
    this.lock = lock;
    this.limits = limits;
  }

  /**
   * Opens them.
   *
   * @param directory is made where it is missing; several processes may share it
   * @throws UncheckedIOException naming the directory where it can't be used
   */
  public static WorkspaceFolders in(Path directory, FileLimits limits) {
    try {
      Files.createDirectories(directory);
      removeLeftovers(directory);
      String name = UUID.randomUUID().toString();
      Path lockFile = directory.resolve(name + LOCK);
      FileChannel lock =
          FileChannel.open(lockFile, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
      lock.lock();
      // Made after the lock is held: whoever takes the lock file for a dead one's finds nothing.
      Path own = Files.createDirectory(directory.resolve(name));
      return new WorkspaceFolders(own, lockFile, lock, limits);
    } catch (IOException e) {
      throw new UncheckedIOException(
          "the directory for workspaces, " + directory + ", can't be used: " + e.getMessage(), e);
    }
  }

  private static void removeLeftovers(Path directory) throws IOException {
    try (DirectoryStream<Path> locks = Files.newDirectoryStream(directory, "*" + LOCK)) {
      for (Path lockFile : locks) {
        removeLeftover(lockFile);
      }
    }
  }

  private static void removeLeftover(Path lockFile) {
    try (FileChannel channel = FileChannel.open(lockFile, StandardOpenOption.WRITE);
        FileLock lock = channel.tryLock()) {
      if (lock != null) {
        String name = lockFile.getFileName().toString();
        RemoveFolder.run(lockFile.resolveSibling(name.substring(0, name.length() - LOCK.length())));
        Files.deleteIfExists(lockFile);
      }
    } catch (OverlappingFileLockException e) {
      // Another server in this very process has it.
    } catch (IOException e) {
      LOG.warn("{} is left as it is: {}", lockFile, e.getMessage());
    }
  }

  /** How much a run may keep. */
  public FileLimits limits() {
    return limits;
  }

  /** A new empty folder, for this process's owner alone. */
  public ConfinedFolder create(String run) throws IOException {
    Path folder = own.resolve(run + "-" + number.incrementAndGet());
    Files.createDirectory(folder);
    Files.setPosixFilePermissions(folder, Modes.permissions(0700));
    return new ConfinedFolder(folder);
  }

  /** Removes a folder; what resists is left to the next start. */
  public void remove(ConfinedFolder folder) {
    try {
      RemoveFolder.run(folder.root());
    } catch (IOException e) {
      LOG.warn("{} is removed later: {}", folder.root(), e.getMessage());
    }
  }

  @Override
  public void close() {
    try {
      RemoveFolder.run(own);
      Files.deleteIfExists(lockFile);
      lock.close();
    } catch (IOException e) {
      LOG.warn("{} is removed at the next start: {}", own, e.getMessage());
    }
  }
}
