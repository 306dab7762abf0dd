package dev.pawl.server.run;

import static java.util.Objects.requireNonNull;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The files of a workspace at one moment, without their contents.
 *
 * @param entries by path; a folder before what is in it
 */
public record Manifest(List<Entry> entries) {
  public static final Manifest EMPTY = new Manifest(List.of());

  /** Something in the folder, under a path with {@code /} between its parts. */
  public sealed interface Entry {
    String path();
  }

  /**
   * A folder.
   *
   * @param mode its permission bits
   */
  public record Folder(String path, int mode) implements Entry {
    public Folder {
      requireNonNull(path, "path");
    }
  }

  /**
   * A file.
   *
   * @param mode its permission bits
   * @param size in bytes
   * @param blobs SHA-256 of each piece in lower-case hex, in order
   */
  public record File(String path, int mode, long size, List<String> blobs) implements Entry {
    public File {
      requireNonNull(path, "path");
      blobs = List.copyOf(blobs);
    }
  }

  /**
   * A symbolic link.
   *
   * @param target relative, and inside the folder
   */
  public record Link(String path, String target) implements Entry {
    public Link {
      requireNonNull(path, "path");
      requireNonNull(target, "target");
    }
  }

  public Manifest {
    entries = List.copyOf(entries);
  }

  /** The total size of the files, in bytes. */
  public long bytes() {
    return files().stream().mapToLong(File::size).sum();
  }

  public List<File> files() {
    return entries.stream().filter(File.class::isInstance).map(File.class::cast).toList();
  }

  /** All that the files consist of, each once. */
  public Set<String> blobs() {
    Set<String> blobs = new LinkedHashSet<>();
    files().forEach(file -> blobs.addAll(file.blobs()));
    return blobs;
  }
}
