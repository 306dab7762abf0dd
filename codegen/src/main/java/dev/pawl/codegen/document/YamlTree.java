package dev.pawl.codegen.document;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Optional;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/** YAML as a JSON tree: keys as written, later duplicates win, expansion of aliases bounded. */
final class YamlTree {
  private static final int MAX_NODES = 6_000_000;
  private static final int MAX_NUMBER_LENGTH = 100;

  private static final Pattern INTEGER = Pattern.compile("[-+]?[0-9]+");

  private final String name;
  private final Positions positions;
  private final JsonNodeFactory json = JsonNodeFactory.withExactBigDecimals(true);
  private int nodes;

  private YamlTree(String name, Positions positions) {
    this.name = name;
    this.positions = positions;
  }

  /** Remembering every position costs time and memory, and only some errors need one. */
  static JsonNode parse(String name, String text) {
    try {
      return tree(name, text, Positions.FORGOTTEN);
    } catch (NeedsPositions e) {
      return tree(name, text, Positions.KEPT);
    }
  }

  private static JsonNode tree(String name, String text, Positions positions) {
    Optional<Node> root = compose(name, text, positions);
    return root.isEmpty()
        ? JsonNodeFactory.instance.nullNode()
        : new YamlTree(name, positions).convert(root.get(), 0);
  }

  /** An error whose message tells where it is, met while positions were forgotten. */
  private static final class NeedsPositions extends RuntimeException {
    private static final long serialVersionUID = 1;
  }

  private enum Positions {
    KEPT,
    FORGOTTEN
  }

  /** The document with its positions; empty for an empty document. */
  static Optional<Node> compose(String name, String text) {
    return compose(name, text, Positions.KEPT);
  }

  private static Optional<Node> compose(String name, String text, Positions positions) {
    LoadSettings settings =
        LoadSettings.builder()
            .setLabel(name)
            .setUseMarks(positions == Positions.KEPT)
            .setAllowDuplicateKeys(true)
            .setCodePointLimit((int) TreeReader.MAX_BYTES)
            .setMaxAliasesForCollections(1000)
            .build();
    try {
      return new Compose(settings).composeString(text);
    } catch (YamlEngineException e) {
      if (positions == Positions.FORGOTTEN) {
        throw new NeedsPositions();
      }
      throw new CodegenException(name + " is not YAML: " + e.getMessage(), e);
    } catch (StackOverflowError e) {
      throw new CodegenException(name + " is nested too deeply to be read as YAML", e);
    }
  }

  private JsonNode convert(Node node, int depth) {
    if (depth > TreeReader.MAX_DEPTH) {
      throw new CodegenException(
          name
              + " is nested deeper than "
              + TreeReader.MAX_DEPTH
              + " levels, or an alias holds itself; write cycles as $ref");
    }
    if (++nodes > MAX_NODES) {
      throw new CodegenException(
          name
              + " expands to more than "
              + MAX_NODES
              + " values; use $ref instead of YAML aliases");
    }
    if (node instanceof MappingNode map) {
      ObjectNode out = json.objectNode();
      for (NodeTuple entry : map.getValue()) {
        out.set(key(entry.getKeyNode()), convert(entry.getValueNode(), depth + 1));
      }
      return out;
    }
    if (node instanceof SequenceNode list) {
      var out = json.arrayNode();
      list.getValue().forEach(v -> out.add(convert(v, depth + 1)));
      return out;
    }
    return scalar((ScalarNode) node);
  }

  private String key(Node key) {
    if (key instanceof ScalarNode scalar) {
      return scalar.getValue();
    }
    if (positions == Positions.FORGOTTEN) {
      throw new NeedsPositions();
    }
    throw new CodegenException(
        name + ": a mapping key is a collection; OpenAPI keys are strings" + line(key));
  }

  private JsonNode scalar(ScalarNode node) {
    String text = node.getValue();
    Tag tag = node.getTag();
    if (tag.equals(Tag.NULL)) {
      return json.nullNode();
    }
    if (tag.equals(Tag.BOOL)) {
      return json.booleanNode("true".equalsIgnoreCase(text));
    }
    boolean number = tag.equals(Tag.INT) || tag.equals(Tag.FLOAT);
    return number && text.length() <= MAX_NUMBER_LENGTH ? number(text) : json.textNode(text);
  }

  private JsonNode number(String text) {
    try {
      if (INTEGER.matcher(text).matches()) {
        var value = new BigInteger(text.startsWith("+") ? text.substring(1) : text);
        return value.bitLength() < 64 ? json.numberNode(value.longValue()) : json.numberNode(value);
      }
      return json.numberNode(new BigDecimal(text));
    } catch (NumberFormatException e) {
      return json.textNode(text);
    }
  }

  static String line(Node node) {
    return node.getStartMark().map(m -> " (line " + (m.getLine() + 1) + ")").orElse("");
  }
}
