package dev.pawl.codegen.mutate;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pawl.codegen.document.TreeReader;
import dev.pawl.model.Json;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import org.snakeyaml.engine.v2.api.Dump;
import org.snakeyaml.engine.v2.api.DumpSettings;

/**
 * A changed document.
 *
 * @param kind what was done to it
 * @param seed the document that it was
 * @param file its name; tells how it is written
 * @param bytes its content
 */
record FuzzCase(String kind, String seed, String file, byte[] bytes) {
  private static final Map<Path, JsonNode> TREES = new ConcurrentHashMap<>();
  private static final int PUBLISHED_ONE_IN = 12;

  /** Case {@code number} of a campaign: the same for the same seed and documents. */
  static FuzzCase of(List<Path> traps, List<Path> published, long seed, int number) {
    Random random = new Random(seed * 1_000_003 + number);
    boolean large = !published.isEmpty() && random.nextInt(PUBLISHED_ONE_IN) == 0;
    List<Path> from = large ? published : traps;
    Path path = from.get(random.nextInt(from.size()));
    JsonNode tree = TREES.computeIfAbsent(path, TreeReader::read).deepCopy();
    boolean yaml = random.nextBoolean();
    int which = random.nextInt(Mutation.values().length + Spoiling.values().length);
    String name = yaml ? "api.yaml" : "api.json";
    String seedName = String.valueOf(path.getFileName());
    if (which >= Mutation.values().length) {
      Spoiling spoiling = Spoiling.values()[which - Mutation.values().length];
      return new FuzzCase(
          spoiling.name(), seedName, name, spoiling.apply(text(tree, yaml), random));
    }
    Mutation mutation = Mutation.values()[which];
    for (int i = random.nextInt(6); i >= 0; i--) {
      mutation.apply(tree, random);
    }
    byte[] bytes = text(tree, yaml).getBytes(StandardCharsets.UTF_8);
    return new FuzzCase(mutation.name(), seedName, name, bytes);
  }

  private static String text(JsonNode tree, boolean yaml) {
    return yaml
        ? new Dump(DumpSettings.builder().build())
            .dumpToString(Json.mapper().convertValue(tree, Object.class))
        : Json.write(tree);
  }
}
