package dev.pawl.codegen;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.util.Collection;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What a build generates from, and where to.
 *
 * @param specs a folder of OpenAPI documents, or one document
 * @param name the first part of the model types; null: each document's file name. Only for one
 *     document
 * @param overrides the overrides file; null: the one beside each document, where there is one. Only
 *     for one document
 * @param sources folder for Java sources
 * @param resources folder for data files and the list of models
 * @param reports folder for {@code <name>.report.json}; null: none
 * @param ownModels classes of models written by hand that belong into the same list of models
 */
public record BuildOptions(
    Path specs,
    @Nullable String name,
    @Nullable Path overrides,
    Path sources,
    Path resources,
    @Nullable Path reports,
    Set<String> ownModels) {
  public BuildOptions {
    requireNonNull(specs, "specs");
    requireNonNull(sources, "sources");
    requireNonNull(resources, "resources");
    ownModels = Set.copyOf(ownModels);
  }

  /** Everything in a folder, under the names of its files, without reports. */
  public static BuildOptions of(Path specs, Path sources, Path resources) {
    return new BuildOptions(specs, null, null, sources, resources, null, Set.of());
  }

  public BuildOptions withName(@Nullable String word) {
    return new BuildOptions(specs, word, overrides, sources, resources, reports, ownModels);
  }

  public BuildOptions withOverrides(@Nullable Path file) {
    return new BuildOptions(specs, name, file, sources, resources, reports, ownModels);
  }

  public BuildOptions withReports(@Nullable Path folder) {
    return new BuildOptions(specs, name, overrides, sources, resources, folder, ownModels);
  }

  public BuildOptions withOwnModels(Collection<String> classes) {
    return new BuildOptions(
        specs, name, overrides, sources, resources, reports, Set.copyOf(classes));
  }

  /** What decides the output besides the bytes of the files. */
  String words() {
    return String.join(
        "\n",
        "name " + name,
        "overrides " + overrides,
        "sources " + sources,
        "resources " + resources,
        "reports " + reports,
        "own models " + new TreeSet<>(ownModels));
  }
}
