package dev.pawl.codegen.document;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/** A mapping in a small hand-written file; every complaint names the line. */
public final class YamlMap {
  private final String file;
  private final int line;
  private final Map<String, Node> values = new LinkedHashMap<>();

  private YamlMap(String file, Node node) {
    this.file = file;
    this.line = line(node);
    if (!(node instanceof MappingNode map)) {
      throw complaint(line, "expected a mapping");
    }
    for (NodeTuple entry : map.getValue()) {
      if (!(entry.getKeyNode() instanceof ScalarNode key)) {
        throw complaint(line(entry.getKeyNode()), "a key must be a word");
      }
      if (values.put(key.getValue(), entry.getValueNode()) != null) {
        throw complaint(line(key), "'" + key.getValue() + "' is given twice");
      }
    }
  }

  /**
   * Reads a file.
   *
   * @throws CodegenException when it is missing or no YAML mapping
   */
  public static Optional<YamlMap> read(Path path) {
    try {
      String text = Files.readString(path, StandardCharsets.UTF_8);
      return YamlTree.compose(path.toString(), text).map(n -> new YamlMap(path.toString(), n));
    } catch (java.io.IOException e) {
      throw new CodegenException(path + " cannot be read: " + IoProblem.words(e), e);
    }
  }

  public int line() {
    return line;
  }

  public Set<String> keys() {
    return new TreeSet<>(values.keySet());
  }

  public boolean has(String key) {
    return values.containsKey(key);
  }

  /** The line of a key's value. */
  public int line(String key) {
    Node node = values.get(key);
    return node == null ? line : line(node);
  }

  /** A mapping under a key; empty where the key is missing. */
  public Optional<YamlMap> map(String key) {
    Node node = values.get(key);
    return node == null ? Optional.empty() : Optional.of(new YamlMap(file, node));
  }

  /** A word under a key; empty where the key is missing. */
  public Optional<String> text(String key) {
    Node node = values.get(key);
    return node == null ? Optional.empty() : Optional.of(scalar(key, node));
  }

  /** Words under a key; empty where the key is missing. */
  public Optional<List<String>> texts(String key) {
    Node node = values.get(key);
    if (node == null) {
      return Optional.empty();
    }
    if (!(node instanceof SequenceNode list)) {
      throw complaint(line(node), "'" + key + "' must be a list");
    }
    List<String> out = new ArrayList<>();
    list.getValue().forEach(v -> out.add(scalar(key, v)));
    return Optional.of(out);
  }

  private String scalar(String key, Node node) {
    if (node instanceof ScalarNode scalar) {
      return scalar.getValue();
    }
    throw complaint(line(node), "'" + key + "' must be one value");
  }

  /** An error at a line of the file. */
  public CodegenException complaint(int at, String message) {
    return new CodegenException(file + ":" + at + ": " + message);
  }

  private static int line(Node node) {
    return node.getStartMark().map(m -> m.getLine() + 1).orElse(1);
  }
}
