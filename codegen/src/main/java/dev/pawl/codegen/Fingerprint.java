package dev.pawl.codegen;

import dev.pawl.codegen.document.CodegenException;
import dev.pawl.codegen.document.IoProblem;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

/** Tells whether a run would give anything new: a hash over its inputs and over codegen itself. */
final class Fingerprint {
  private Fingerprint() {}

  /**
   * Hashes.
   *
   * @param words whatever else decides the output
   */
  static String of(List<CodegenOptions> documents, String words) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(words.getBytes(StandardCharsets.UTF_8));
      for (CodegenOptions document : documents) {
        add(digest, document.spec());
        for (Path mends :
            Arrays.asList(document.effectiveOverrides(), document.effectiveOverlay())) {
          if (mends != null) {
            add(digest, mends);
          }
        }
      }
      var source = Fingerprint.class.getProtectionDomain().getCodeSource();
      if (source != null) {
        add(digest, Path.of(source.getLocation().toURI()));
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException | URISyntaxException e) {
      throw new IllegalStateException(e);
    } catch (IOException e) {
      throw new CodegenException("an input cannot be read: " + IoProblem.words(e), e);
    }
  }

  private static void add(MessageDigest digest, Path root) throws IOException {
    List<Path> files;
    try (Stream<Path> all = Files.walk(root)) {
      files = all.filter(Files::isRegularFile).sorted().toList();
    }
    for (Path file : files) {
      Path name = file.equals(root) ? file.getFileName() : root.relativize(file);
      digest.update((name + "\n").getBytes(StandardCharsets.UTF_8));
      digest.update(Files.readAllBytes(file));
    }
  }
}
