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
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Java types for a resource's schemas; an object becomes a record nested in the model's class. */
final class Types {
  private static final TypeName JSON = ClassName.get(JsonNode.class);
  private static final int MAX_DEPTH = 4;
  private static final int MAX_RECORDS = 60;
  private static final int MAX_NESTING = 6;

  /** Simple names that a generated class uses for others. */
  private static final List<String> IMPORTED =
      List.of(
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
          "BegunOperation",
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
          "InterruptedException",
          "JsonCreator",
          "JsonValue");

  private final ClassName owner;
  private final JavaNames.Pool names;
  private final Map<Schema, ClassName> known = new IdentityHashMap<>();
  private final Map<Schema, Optional<Union>> toldApart = new IdentityHashMap<>();
  private final Map<Schema, ClassName> unions = new IdentityHashMap<>();
  private final Map<ClassName, TypeSpec.Builder> records = new LinkedHashMap<>();
  private final Map<ClassName, Set<ClassName>> implemented = new HashMap<>();
  private int started;

  Types(ClassName owner) {
    this.owner = owner;
    this.names =
        new JavaNames.Pool(
            Stream.concat(Stream.of(owner.simpleName()), IMPORTED.stream()).toList());
  }

  /** All types written so far, in the order in which they were finished. */
  List<TypeSpec> records() {
    return records.entrySet().stream()
        .map(
            e ->
                e.getValue()
                    .addSuperinterfaces(implemented.getOrDefault(e.getKey(), Set.of()))
                    .build())
        .toList();
  }

  /** A record of arguments. */
  ClassName arguments(String wanted, Arguments arguments, String javadoc) {
    ClassName name = owner.nestedClass(names.unique(wanted));
    JavaNames.Pool members = new JavaNames.Pool("additionalProperties");
    List<Component> components = new ArrayList<>();
    for (Argument argument : arguments.list()) {
      components.add(component(argument, members, 1));
    }
    records.put(name, new RecordWriter(name, components, javadoc).write());
    return name;
  }

  private Component component(Argument argument, JavaNames.Pool members, int depth) {
    boolean nullable = argument.alternatives().stream().anyMatch(Schema::nullable);
    return new Component(
        argument.name(),
        members.unique(JavaNames.member(argument.name())),
        type(argument, depth),
        argument.required() && !nullable,
        nullable,
        Prose.member(argument.alternatives().get(0)));
  }

  /** A record of an object as the API shows it. */
  ClassName object(String wanted, Schema schema, String javadoc) {
    return object(wanted, schema, javadoc, 0);
  }

  private ClassName object(String wanted, Schema schema, String javadoc, int depth) {
    Optional<Union> union =
        unionOf(schema).filter(u -> started + u.branches().size() <= MAX_RECORDS);
    return union.isPresent()
        ? union(wanted, schema, union.get(), javadoc, depth)
        : record(wanted, schema, Optional.empty(), javadoc, depth);
  }

  /**
   * @param around a union whose own members this branch has too; empty where there is none
   */
  private ClassName record(
      String wanted, Schema schema, Optional<Schema> around, String javadoc, int depth) {
    ClassName name = owner.nestedClass(names.unique(wanted));
    if (around.isEmpty()) {
      known.put(schema, name);
    }
    started++;
    JavaNames.Pool members = new JavaNames.Pool("additionalProperties");
    List<Component> components = new ArrayList<>();
    Map<String, List<Schema>> all = Members.of(schema);
    around.ifPresent(a -> Members.own(a).forEach(all::putIfAbsent));
    all.forEach(
        (json, alternatives) ->
            components.add(component(new Argument(json, alternatives, false), members, depth + 1)));
    records.put(name, new RecordWriter(name, components, javadoc).write());
    return name;
  }

  private Optional<Union> unionOf(Schema schema) {
    return toldApart.computeIfAbsent(schema, Union::of);
  }

  private ClassName union(String wanted, Schema schema, Union union, String javadoc, int depth) {
    ClassName name = owner.nestedClass(names.unique(wanted));
    unions.put(schema, name);
    boolean shared = schema.variants().isEmpty() || Members.own(schema).isEmpty();
    Optional<Schema> around = shared ? Optional.empty() : Optional.of(schema);
    Map<Schema, ClassName> written = shared ? known : new IdentityHashMap<>();
    Map<String, ClassName> branches = new TreeMap<>();
    for (var entry : union.branches().entrySet()) {
      Schema branch = entry.getValue();
      ClassName type = written.get(branch);
      if (type == null) {
        String word = union.names().getOrDefault(branch, entry.getKey() + "_" + wanted);
        String words = Prose.javadoc(branch.description());
        type = record(JavaNames.type(word), branch, around, words, depth + 1);
        written.put(branch, type);
      }
      branches.put(entry.getKey(), type);
      implemented.computeIfAbsent(type, t -> new TreeSet<>()).add(name);
    }
    ClassName other = owner.nestedClass(names.unique("Other" + name.simpleName()));
    UnionWriter writer = new UnionWriter(name, other, union.property(), branches);
    records.put(name, writer.write(javadoc));
    records.put(other, writer.writeOther());
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
    if (nesting > MAX_NESTING) {
      return JSON;
    }
    Optional<Schema> stoodFor = standsFor(schema);
    if (stoodFor.isPresent()) {
      return type(name, stoodFor.get(), depth, nesting + 1);
    }
    if (!schema.variants().isEmpty()) {
      boolean typed = unions.containsKey(schema) || unionOf(schema).isPresent();
      return typed ? nested(name, schema, depth) : variantsType(schema);
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

  /** A schema that only wraps another one, to describe it or to allow null. */
  private static Optional<Schema> standsFor(Schema schema) {
    List<Schema> variants = schema.variants().stream().filter(v -> !v.isNullAlone()).toList();
    boolean bare = schema.declared().isEmpty() && schema.additional().isEmpty();
    if (!bare || variants.size() + schema.parts().size() != 1) {
      return Optional.empty();
    }
    return Optional.of(variants.isEmpty() ? schema.parts().get(0) : variants.get(0));
  }

  /** What a schema without a type of its own gets from its parts. */
  private static Set<String> types(Schema schema, int depth) {
    Set<String> own = new LinkedHashSet<>(schema.types());
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
    ClassName written = unions.getOrDefault(schema, known.get(schema));
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
