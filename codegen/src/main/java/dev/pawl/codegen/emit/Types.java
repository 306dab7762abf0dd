package dev.pawl.codegen.emit;

import com.fasterxml.jackson.databind.JsonNode;
import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.ParameterizedTypeName;
import com.palantir.javapoet.TypeName;
import com.palantir.javapoet.TypeSpec;
import dev.pawl.codegen.document.Schema;
import dev.pawl.codegen.infer.Words;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Java types for a resource's schemas; an object becomes a record nested in the model's class. */
final class Types {
  private static final TypeName JSON = ClassName.get(JsonNode.class);
  private static final int MAX_DEPTH = 4;
  private static final int MAX_RECORDS = 60;
  private static final int MAX_NESTING = 6;

  private final ClassName owner;
  private final JavaNames.Pool names;
  private final Map<Schema, ClassName> known = new IdentityHashMap<>();
  private final List<TypeSpec> records = new ArrayList<>();
  private int started;

  Types(ClassName owner) {
    this.owner = owner;
    this.names =
        new JavaNames.Pool(
            owner.simpleName(),
            "Builder",
            "String",
            "Object",
            "List",
            "Map",
            "JsonNode",
            "Long",
            "Boolean",
            "BigDecimal",
            "Override",
            "Integer",
            "RestModel",
            "RestResource",
            "Operation",
            "Listing",
            "Reconcile",
            "Readiness",
            "SoftDelete",
            "IdentityPart",
            "ApiDescriptor",
            "MethodContext",
            "MethodSchemas",
            "MethodKind",
            "RestMethod",
            "Typed",
            "MethodException",
            "Set",
            "Objects",
            "Collections",
            "LinkedHashMap",
            "Nullable",
            "JsonProperty",
            "JsonInclude",
            "JsonAnySetter",
            "JsonAnyGetter",
            "InterruptedException");
  }

  /** All records written so far, in the order in which they were asked for. */
  List<TypeSpec> records() {
    return records;
  }

  /** A record of arguments. */
  ClassName arguments(String wanted, Arguments arguments, String javadoc) {
    ClassName name = owner.nestedClass(names.unique(wanted));
    JavaNames.Pool members = new JavaNames.Pool("additionalProperties");
    List<Component> components = new ArrayList<>();
    for (Argument argument : arguments.list()) {
      components.add(
          new Component(
              argument.name(),
              members.unique(JavaNames.member(argument.name())),
              type(argument, 1),
              argument.required(),
              Prose.javadoc(argument.alternatives().get(0).description())));
    }
    records.add(new RecordWriter(name, components, javadoc).write());
    return name;
  }

  /** A record of an object as the API shows it. */
  ClassName object(String wanted, Schema schema, String javadoc) {
    return object(wanted, schema, javadoc, 0);
  }

  private ClassName object(String wanted, Schema schema, String javadoc, int depth) {
    ClassName name = owner.nestedClass(names.unique(wanted));
    known.put(schema, name);
    started++;
    JavaNames.Pool members = new JavaNames.Pool("additionalProperties");
    List<Component> components = new ArrayList<>();
    Members.of(schema)
        .forEach(
            (json, alternatives) ->
                components.add(
                    new Component(
                        json,
                        members.unique(JavaNames.member(json)),
                        type(new Argument(json, alternatives, false), depth + 1),
                        false,
                        Prose.javadoc(alternatives.get(0).description()))));
    records.add(new RecordWriter(name, components, javadoc).write());
    return name;
  }

  /** Alternatives that do not come to one type stay JSON. */
  private TypeName type(Argument argument, int depth) {
    TypeName first = null;
    for (Schema schema : argument.alternatives()) {
      TypeName type = type(argument.name(), schema, depth, 0);
      if (first != null && !first.equals(type)) {
        return JSON;
      }
      first = type;
    }
    return first == null ? JSON : first;
  }

  private TypeName type(String name, Schema schema, int depth, int nesting) {
    if (nesting > MAX_NESTING || !schema.variants().isEmpty()) {
      return schema.variants().isEmpty() ? JSON : variantsType(schema);
    }
    if (schema.isArray()) {
      TypeName item = schema.items().map(i -> type(name, i, depth, nesting + 1)).orElse(JSON);
      return ParameterizedTypeName.get(ClassName.get(List.class), item);
    }
    if (schema.hasProperties()) {
      return nested(name, schema, depth);
    }
    Set<String> types = types(schema, 4);
    if (types.contains("object") || schema.additional().isPresent()) {
      TypeName value = schema.additional().map(a -> type(name, a, depth, nesting + 1)).orElse(JSON);
      return ParameterizedTypeName.get(
          ClassName.get(Map.class), ClassName.get(String.class), value);
    }
    return types.size() == 1 ? scalar(types.iterator().next()) : JSON;
  }

  /** What a schema without a type of its own gets from its parts. */
  private static Set<String> types(Schema schema, int depth) {
    Set<String> own = schema.types();
    for (Schema part : own.isEmpty() && depth > 0 ? schema.parts() : List.<Schema>of()) {
      own.addAll(types(part, depth - 1));
    }
    return own;
  }

  /** Branches of one scalar type are that type; a union of anything else stays JSON. */
  private static TypeName variantsType(Schema schema) {
    Set<String> types = new java.util.TreeSet<>(schema.types());
    boolean plain = schema.variants().stream().allMatch(Schema::isKeyLike);
    schema.variants().forEach(v -> types.addAll(v.types()));
    return plain && types.size() == 1 ? scalar(types.iterator().next()) : JSON;
  }

  private TypeName nested(String name, Schema schema, int depth) {
    ClassName written = known.get(schema);
    if (written != null) {
      return written;
    }
    if (depth > MAX_DEPTH || started >= MAX_RECORDS) {
      return JSON;
    }
    return object(
        JavaNames.type(Words.singularSnake(name)),
        schema,
        Prose.javadoc(schema.description()),
        depth);
  }

  private static TypeName scalar(String type) {
    Map<String, Class<?>> known =
        new TreeMap<>(
            Map.of(
                "string", String.class,
                "integer", Long.class,
                "number", BigDecimal.class,
                "boolean", Boolean.class));
    Class<?> found = known.get(type);
    return found == null ? JSON : ClassName.get(found);
  }
}
