package dev.pawl.postgres;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import java.util.Set;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.compressors.xz.XZCompressorInputStream;

/** Unpacks a {@code .txz}, with its modes and symbolic links, never outside the target. */
final class Archive {
  private Archive() {}

  static void unpack(InputStream txz, Path target) throws IOException {
    try (var tar = new TarArchiveInputStream(new XZCompressorInputStream(txz))) {
      for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
        unpack(tar, entry, inside(target, target.resolve(entry.getName()), entry));
      }
    }
  }

  private static void unpack(TarArchiveInputStream tar, TarArchiveEntry entry, Path path)
      throws IOException {
    if (entry.isDirectory()) {
      Files.createDirectories(path);
      return;
    }
    Path parent = path.getParent();
    if (parent == null || parent.getRoot() == null) {
      throw new IOException("entry " + entry.getName() + " has no directory");
    }
    Files.createDirectories(parent);
    if (entry.isSymbolicLink()) {
      Path link = Path.of(entry.getLinkName());
      if (link.isAbsolute() || link.getNameCount() != 1 || link.toString().equals("..")) {
        throw new IOException("link " + entry.getName() + " leaves its directory: " + link);
      }
      Files.createSymbolicLink(path, link);
    } else if (entry.isFile()) {
      Files.copy(tar, path);
      Files.setPosixFilePermissions(path, permissions(entry.getMode()));
    } else {
      throw new IOException("entry " + entry.getName() + " is neither file, directory nor link");
    }
  }

  private static Path inside(Path target, Path path, TarArchiveEntry entry) throws IOException {
    Path normal = path.normalize();
    if (!normal.startsWith(target)) {
      throw new IOException("entry " + entry.getName() + " leaves the archive");
    }
    return normal;
  }

  /** Readable by all, as the user who runs it may be another; executable as the archive says. */
  private static Set<PosixFilePermission> permissions(int mode) {
    Set<PosixFilePermission> permissions =
        EnumSet.of(
            PosixFilePermission.OWNER_READ,
            PosixFilePermission.OWNER_WRITE,
            PosixFilePermission.GROUP_READ,
            PosixFilePermission.OTHERS_READ);
    if ((mode & 0b001_000_000) != 0) {
      permissions.add(PosixFilePermission.OWNER_EXECUTE);
      permissions.add(PosixFilePermission.GROUP_EXECUTE);
      permissions.add(PosixFilePermission.OTHERS_EXECUTE);
    }
    return permissions;
  }
}
