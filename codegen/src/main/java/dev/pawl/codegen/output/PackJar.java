package dev.pawl.codegen.output;

import dev.pawl.codegen.document.CodegenException;
import dev.pawl.codegen.emit.GeneratedFile;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.LocalDateTime;
import java.util.Comparator;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Packs files into a jar whose bytes depend on nothing else. */
public final class PackJar {
  private static final LocalDateTime EPOCH = LocalDateTime.of(1980, 1, 1, 0, 0);
  private static final String MANIFEST = "Manifest-Version: 1.0\r\nCreated-By: Pawl\r\n\r\n";

  private PackJar() {}

  public static byte[] of(List<GeneratedFile> files) {
    var bytes = new ByteArrayOutputStream();
    try (var zip = new ZipOutputStream(bytes)) {
      add(zip, "META-INF/MANIFEST.MF", MANIFEST.getBytes(java.nio.charset.StandardCharsets.UTF_8));
      for (GeneratedFile file :
          files.stream().sorted(Comparator.comparing(GeneratedFile::path)).toList()) {
        add(zip, file.path(), file.content());
      }
    } catch (IOException e) {
      throw new CodegenException("packing failed: " + e.getMessage(), e);
    }
    return bytes.toByteArray();
  }

  private static void add(ZipOutputStream zip, String path, byte[] content) throws IOException {
    ZipEntry entry = new ZipEntry(path);
    entry.setTimeLocal(EPOCH);
    zip.putNextEntry(entry);
    zip.write(content);
    zip.closeEntry();
  }
}
