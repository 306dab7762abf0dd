package dev.pawl.codegen;

import static java.util.Objects.requireNonNull;

import dev.pawl.codegen.document.CodegenException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What to generate from, and what to.
 *
 * @param spec the OpenAPI document
 * @param overrides the overrides file; null: {@code <spec without extension>.overrides.yaml} where
 *     there is one
 * @param overlay an OpenAPI Overlay document; null: {@code <spec without extension>.overlay.yaml}
 *     where there is one
 * @param name the first part of the model types; null: the document's file name
 * @param out folder for Java sources and data files; null: none
 * @param report file for the report; null: none
 * @param jar file for the compiled models; null: none
 */
public record CodegenOptions(
    Path spec,
    @Nullable Path overrides,
    @Nullable Path overlay,
    @Nullable String name,
    @Nullable Path out,
    @Nullable Path report,
    @Nullable Path jar) {
  public CodegenOptions {
    requireNonNull(spec, "spec");
    if (name != null && !name.matches("[a-z0-9][a-z0-9_-]*")) {
      throw new CodegenException(
          "the name '"
              + name
              + "' must be lower-case letters, digits, dashes and underscores, and begin with a"
              + " letter or digit");
    }
  }

  /** Only reads the document. */
  public static CodegenOptions of(Path spec) {
    return new CodegenOptions(spec, null, null, null, null, null, null);
  }

  public CodegenOptions withOverrides(@Nullable Path file) {
    return new CodegenOptions(spec, file, overlay, name, out, report, jar);
  }

  public CodegenOptions withOverlay(@Nullable Path file) {
    return new CodegenOptions(spec, overrides, file, name, out, report, jar);
  }

  public CodegenOptions withName(@Nullable String word) {
    return new CodegenOptions(spec, overrides, overlay, word, out, report, jar);
  }

  public CodegenOptions withOut(@Nullable Path folder) {
    return new CodegenOptions(spec, overrides, overlay, name, folder, report, jar);
  }

  public CodegenOptions withReport(@Nullable Path file) {
    return new CodegenOptions(spec, overrides, overlay, name, out, file, jar);
  }

  public CodegenOptions withJar(@Nullable Path file) {
    return new CodegenOptions(spec, overrides, overlay, name, out, report, file);
  }

  /** The first part of the model types. */
  public String effectiveName() {
    if (name != null) {
      return name;
    }
    String cleaned =
        stem(spec)
            .toLowerCase(Locale.ROOT)
            .replaceAll("[^a-z0-9_-]+", "-")
            .replaceAll("^[^a-z0-9]+|[^a-z0-9]+$", "");
    return cleaned.isEmpty() ? "api" : cleaned;
  }

  /** The overrides file; null where none was given and none lies beside the document. */
  @Nullable Path effectiveOverrides() {
    return overrides == null ? beside(".overrides.yaml") : overrides;
  }

  /** The overlay; null where none was given and none lies beside the document. */
  @Nullable Path effectiveOverlay() {
    return overlay == null ? beside(".overlay.yaml") : overlay;
  }

  private @Nullable Path beside(String ending) {
    Path beside = spec.resolveSibling(stem(spec) + ending);
    return Files.isRegularFile(beside) ? beside : null;
  }

  static String stem(Path file) {
    Path name = file.getFileName();
    return name == null ? "api" : name.toString().replaceFirst("\\.(ya?ml|json)$", "");
  }
}
