package dev.pawl.codegen.infer;

import dev.pawl.codegen.document.Schema;
import dev.pawl.codegen.ir.Inferred;
import dev.pawl.model.rest.Reconcile;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Finds a field that labels the object itself. A field that selects other objects may be called the
 * same, so a label counts only where nothing speaks for a selector: an own words for it, a nested
 * use, or a resource whose business is choosing targets.
 */
final class MarkerFinder {
  private static final List<String> STRINGS = List.of("tags", "labels", "taglist");
  private static final List<String> MAPS = List.of("metadata", "labels", "tags", "annotations");
  private static final String METADATA = "metadata";
  private static final Pattern SELECTS =
      Pattern.compile(
          "select|targets?\\b|whose tag|(are|is|were) tagged|\\ws tagged|matching|filter|evaluat"
              + "|to be monitored|behind");
  private static final Set<String> SELECTING_KINDS =
      Set.of("firewall", "balancer", "policy", "rule", "alert", "filter", "selector", "monitor");

  private final Map<String, Schema> request;
  private final Schema read;
  private final String kind;

  private final String at;

  MarkerFinder(Map<String, Schema> request, Schema read, String kind) {
    this(request, read, kind, "");
  }

  private MarkerFinder(Map<String, Schema> request, Schema read, String kind, String at) {
    this.request = request;
    this.read = read;
    this.kind = kind;
    this.at = at;
  }

  Optional<Inferred<Reconcile>> find() {
    if (Words.split(kind).stream().anyMatch(SELECTING_KINDS::contains)) {
      return Optional.empty();
    }
    return among(STRINGS, this::isStrings, Reconcile.Marker.Shape.STRINGS)
        .or(() -> among(MAPS, this::isMap, Reconcile.Marker.Shape.MAP))
        .or(this::inMetadata);
  }

  /** Labels of an object that keeps them, with its name, in its metadata. */
  private Optional<Inferred<Reconcile>> inMetadata() {
    Schema sent = request.get(METADATA);
    Schema shown = read.properties().get(METADATA);
    if (sent == null || shown == null || !sent.hasProperties() || !shown.hasProperties()) {
      return Optional.empty();
    }
    return new MarkerFinder(sent.properties(), shown, kind, Pointers.to(METADATA)).find();
  }

  private Optional<Inferred<Reconcile>> among(
      List<String> wanted, Shape fits, Reconcile.Marker.Shape shape) {
    for (String plain : wanted) {
      for (String name : request.keySet()) {
        if (Words.plain(name).equals(plain) && sent(name, fits) && labels(name)) {
          return Optional.of(
              Inferred.medium(
                  new Reconcile.Marker(at + Pointers.to(name), shape),
                  "'" + name + "' labels the object in request and list alike"));
        }
      }
    }
    return Optional.empty();
  }

  private interface Shape {
    boolean fits(Schema schema);
  }

  private boolean sent(String name, Shape shape) {
    Schema sent = request.get(name);
    Schema shown = read.properties().get(name);
    return sent != null
        && shown != null
        && shape.fits(sent)
        && shape.fits(shown)
        && !sent.readOnly();
  }

  private boolean labels(String name) {
    String words = describe(request, name) + " " + describe(read.properties(), name);
    return !SELECTS.matcher(words.toLowerCase(Locale.ROOT)).find();
  }

  private static String describe(Map<String, Schema> fields, String name) {
    Schema schema = fields.get(name);
    return schema == null ? "" : schema.description();
  }

  private boolean isStrings(Schema schema) {
    return schema.isArray()
        && schema
            .items()
            .filter(i -> i.isKeyLike() && i.enumValues().isEmpty())
            .filter(i -> i.types().isEmpty() || i.types().contains("string"))
            .isPresent();
  }

  /** An open map of strings. */
  private boolean isMap(Schema schema) {
    var open = schema.node().path("additionalProperties");
    boolean strings =
        open.isObject()
            ? open.path("type").asText("string").equals("string")
            : open.asBoolean(false);
    return !schema.isArray() && schema.ownProperties().isEmpty() && strings;
  }
}
