package dev.pawl.server.language;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pawl.model.Json;
import dev.pawl.model.Utf8;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Set;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;
import org.snakeyaml.engine.v2.schema.CoreSchema;

/** Reads YAML 1.2, and so JSON, keeping the place of every key and value. */
final class SourceReader {
  private final Problems problems;
  private final SourceTree tree;
  private final Set<Node> open = Collections.newSetFromMap(new IdentityHashMap<>());
  private int nodes;
  private boolean fatal;

  private SourceReader(SourceTree tree) {
    this.tree = tree;
    this.problems = new Problems(tree);
  }

  /**
   * Reads a file's text. What JSON can't hold is a problem and is read as null or left out, so that
   * the checks go on.
   *
   * @return the tree, with the problems so far
   * @throws InvalidWorkflow when there is nothing to go on with
   * @throws LimitExceeded when it is larger or deeper than the language takes
   */
  static Problems read(String file, String text) throws InvalidWorkflow {
    long bytes = Utf8.length(text);
    if (bytes > Limits.FILE_BYTES) {
      throw new LimitExceeded(
          "workflow file size",
          file
              + " has "
              + bytes
              + " bytes; the limit is "
              + Limits.FILE_BYTES
              + " (1 MiB); split it: a step can run another workflow (core/workflow run)");
    }
    String yaml = text.startsWith("\uFEFF") ? text.substring(1) : text;
    var reader = new SourceReader(new SourceTree(file, new SourceText(yaml)));
    reader.read(yaml);
    if (reader.fatal) {
      reader.problems.throwIfAny();
    }
    return reader.problems;
  }

  private void read(String yaml) {
    LoadSettings settings =
        LoadSettings.builder()
            .setLabel(tree.file())
            .setSchema(new CoreSchema())
            .setAllowDuplicateKeys(true)
            .setAllowNonScalarKeys(true)
            .setMaxAliasesForCollections(Limits.ALIASES)
            .setCodePointLimit(2 * Limits.FILE_BYTES)
            .build();
    tree.root(NullNode.getInstance());
    try {
      guardDepth(settings, yaml);
      Node root = null;
      for (Node document : new Compose(settings).composeAllFromString(yaml)) {
        if (root != null) {
          fatal = true;
          problems.add(tree.place(document), Path.ROOT, "one workflow per file, please", null);
          return;
        }
        root = document;
      }
      if (root == null) {
        fatal = true;
        problems.add(Place.START, Path.ROOT, "the file is empty; a workflow was expected", null);
        return;
      }
      tree.put(Path.ROOT, new SourceTree.Entry(null, root));
      tree.root(convert(Path.ROOT, root));
    } catch (MarkedYamlEngineException e) {
      fatal = true;
      Mark mark = e.getProblemMark().or(e::getContextMark).orElse(null);
      Place place =
          mark == null ? Place.START : new Place(mark.getLine() + 1, mark.getColumn() + 1);
      problems.add(place, Path.ROOT, "not YAML: " + e.getProblem(), null);
    } catch (YamlEngineException e) {
      fatal = true;
      problems.add(Place.START, Path.ROOT, "not YAML: " + e.getMessage(), null);
    }
  }

  /** The composer recurses, the event parser does not; so depth is measured here first. */
  private void guardDepth(LoadSettings settings, String yaml) {
    int depth = 0;
    for (Event event : new Parse(settings).parseString(yaml)) {
      switch (event.getEventId()) {
        case MappingStart, SequenceStart -> depth++;
        case MappingEnd, SequenceEnd -> depth--;
        default -> {}
      }
      if (depth > Limits.DEPTH) {
        throw new LimitExceeded(
            "nesting depth", tree.file() + " nests deeper than " + Limits.DEPTH + " levels");
      }
    }
  }

  private JsonNode convert(Path path, Node node) {
    if (++nodes > Limits.NODES) {
      throw new LimitExceeded(
          "workflow file values",
          tree.file() + " holds more than " + Limits.NODES + " values, aliases counted in full");
    }
    if (node instanceof ScalarNode scalar) {
      return scalar(path, scalar);
    }
    if (!open.add(node)) {
      problems.add(tree.place(node), path, "this anchor contains itself", null);
      return NullNode.getInstance();
    }
    JsonNode value =
        node instanceof MappingNode mapping
            ? mapping(path, mapping)
            : sequence(path, (SequenceNode) node);
    open.remove(node);
    return value;
  }

  private JsonNode mapping(Path path, MappingNode node) {
    expectTag(path, node, Tag.MAP);
    ObjectNode out = Json.object();
    Map<String, Place> seen = new HashMap<>();
    for (NodeTuple tuple : node.getValue()) {
      if (!(tuple.getKeyNode() instanceof ScalarNode key) || key.getTag().equals(Tag.NULL)) {
        problems.add(tree.place(tuple.getKeyNode()), path, "a key must be a plain text", null);
        continue;
      }
      String name = key.getValue();
      Path child = path.key(name);
      Place first = seen.putIfAbsent(name, tree.place(key));
      if (first != null) {
        problems.add(
            tree.place(key),
            child,
            "'" + name + "' is given twice; first at line " + first.line(),
            null);
        continue;
      }
      tree.put(child, new SourceTree.Entry(key, tuple.getValueNode()));
      out.set(name, convert(child, tuple.getValueNode()));
    }
    return out;
  }

  private JsonNode sequence(Path path, SequenceNode node) {
    expectTag(path, node, Tag.SEQ);
    var out = Json.mapper().createArrayNode();
    int i = 0;
    for (Node item : node.getValue()) {
      Path child = path.index(i++);
      tree.put(child, new SourceTree.Entry(null, item));
      out.add(convert(child, item));
    }
    return out;
  }

  private JsonNode scalar(Path path, ScalarNode node) {
    try {
      return Scalars.read(node);
    } catch (IllegalArgumentException e) {
      problems.add(tree.place(node), path, String.valueOf(e.getMessage()), null);
      return NullNode.getInstance();
    }
  }

  private void expectTag(Path path, Node node, Tag tag) {
    if (!node.getTag().equals(tag)) {
      problems.add(
          tree.place(node), path, "the tag '" + node.getTag() + "' is not known here", null);
    }
  }
}
