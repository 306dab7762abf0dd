package dev.pawl.codegen.mutate;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.pawl.codegen.mutate.Nodes.Place;
import java.math.BigDecimal;
import java.util.List;
import java.util.Random;
import java.util.Set;

/** What is done to a document's tree. */
enum Mutation {
  DROP((places, random) -> places.any(random).remove()),
  COPY((places, random) -> places.any(random).set(places.any(random).value().deepCopy())),
  SWAP(
      (places, random) -> {
        Place one = places.any(random);
        Place other = places.any(random);
        JsonNode value = one.value().deepCopy();
        one.set(other.value().deepCopy());
        other.set(value);
      }),
  RETYPE((places, random) -> places.any(random).set(value(random))),
  WRONG_TYPE(
      (places, random) -> {
        Place place = places.any(random, p -> p.key().equals("type"));
        place.set(
            TextNode.valueOf(
                List.of("string", "object", "array", "integer", "null", "boolean", "file", "x")
                    .get(random.nextInt(8))));
      }),
  DANGLING_REF(
      (places, random) -> {
        Place place = places.any(random, p -> p.value().isObject());
        place.set(ref("#/components/schemas/" + Hostile.word(random)));
      }),
  CYCLIC_REF(
      (places, random) -> {
        Place schema = places.any(random, p -> isSchema(p.value()));
        ObjectNode self = ref("#/components/schemas/loop");
        switch (random.nextInt(4)) {
          case 0 -> schema.set(ref("#"));
          case 1 -> schema.set(object("allOf", self));
          case 2 -> schema.set(object("oneOf", self));
          default -> schema.set(self);
        }
      }),
  HOSTILE_KEY(
      (places, random) -> places.any(random, p -> !p.key().isEmpty()).rename(Hostile.word(random))),
  HOSTILE_MEMBER(
      (places, random) -> {
        JsonNode owner = places.any(random, p -> p.key().equals("properties")).value();
        if (owner instanceof ObjectNode object) {
          JsonNode value = object.isEmpty() ? value(random) : object.iterator().next().deepCopy();
          object.set(Hostile.word(random), value);
        }
      }),
  HOSTILE_TEXT(
      (places, random) ->
          places
              .any(random, p -> p.value().isTextual() && !p.key().equals("$ref"))
              .set(TextNode.valueOf(Hostile.word(random)))),
  HOSTILE_NAME(
      (places, random) ->
          places.any(random, Mutation::isName).set(TextNode.valueOf(Hostile.word(random)))),
  HOSTILE_PATH(
      (places, random) -> {
        Place place = places.any(random, p -> p.key().startsWith("/"));
        String path = place.key();
        int at = path.isEmpty() ? 0 : random.nextInt(path.length());
        place.rename(path.substring(0, at) + Hostile.word(random) + path.substring(at));
      }),
  HOSTILE_ENUM(
      (places, random) -> {
        Place place = places.any(random, p -> p.value().path("type").asText().equals("string"));
        if (place.value() instanceof ObjectNode object) {
          var values = object.putArray("enum");
          for (int i = random.nextInt(40); i >= 0; i--) {
            values.add(Hostile.word(random));
          }
        }
      }),
  HUGE_NUMBER(
      (places, random) ->
          places
              .any(random, p -> p.value().isValueNode())
              .set(
                  JsonNodeFactory.instance.numberNode(
                      new BigDecimal(
                          List.of("1e999", "-1e999", "9".repeat(90), "1e-400", "0.1", "-1e40")
                              .get(random.nextInt(6)))))),
  MANY_MEMBERS(
      (places, random) -> {
        JsonNode owner = places.any(random, p -> p.key().equals("properties")).value();
        for (int i = 0; i < 700 && owner instanceof ObjectNode object; i++) {
          object.putObject("member_" + i).put("type", "string");
        }
      });

  private static final Set<String> NAMES =
      Set.of("name", "operationId", "summary", "title", "url", "format", "pattern", "in");

  /** Changes one place of a document. */
  interface Change {
    void apply(Nodes places, Random random);
  }

  private final Change change;

  Mutation(Change change) {
    this.change = change;
  }

  void apply(JsonNode document, Random random) {
    if (!document.isEmpty()) {
      change.apply(new Nodes(document), random);
    }
    if (this == CYCLIC_REF && document instanceof ObjectNode root) {
      JsonNode components = root.path("components");
      if (components.path("schemas") instanceof ObjectNode schemas) {
        schemas.set("loop", object("allOf", ref("#/components/schemas/loop")));
      }
    }
  }

  private static boolean isName(Place place) {
    return NAMES.contains(place.key());
  }

  private static boolean isSchema(JsonNode node) {
    return node.isObject() && (node.has("type") || node.has("$ref") || node.has("properties"));
  }

  private static ObjectNode ref(String to) {
    return JsonNodeFactory.instance.objectNode().put("$ref", to);
  }

  private static ObjectNode object(String composition, JsonNode part) {
    ObjectNode out = JsonNodeFactory.instance.objectNode();
    out.putArray(composition).add(part);
    out.putObject("properties").set("again", part);
    return out;
  }

  private static JsonNode value(Random random) {
    JsonNodeFactory json = JsonNodeFactory.instance;
    return switch (random.nextInt(8)) {
      case 0 -> json.nullNode();
      case 1 -> json.booleanNode(random.nextBoolean());
      case 2 -> json.numberNode(random.nextLong());
      case 3 -> json.textNode(Hostile.word(random));
      case 4 -> json.arrayNode();
      case 5 -> json.objectNode();
      case 6 -> json.arrayNode().add(json.objectNode()).add(1).add("x").addNull();
      default -> json.objectNode().put(Hostile.word(random), Hostile.word(random));
    };
  }
}
