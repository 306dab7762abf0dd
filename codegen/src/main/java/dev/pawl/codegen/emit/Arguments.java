package dev.pawl.codegen.emit;

import dev.pawl.codegen.document.ApiOperation;
import dev.pawl.codegen.document.Parameter;
import dev.pawl.codegen.document.RequestBody;
import dev.pawl.codegen.document.Schema;
import dev.pawl.codegen.infer.ArgumentNames;
import dev.pawl.codegen.infer.Words;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What a method takes: parameters and body members in one flat object.
 *
 * @param list sorted by name
 * @param choices of each, at least one set of names must be given whole
 * @param open whether names that the document does not list are allowed
 */
record Arguments(List<Argument> list, List<List<Set<String>>> choices, boolean open) {
  /** The argument that is a body which is no object. */
  static final String BODY = "body";

  private static final Set<String> OWN_HEADERS =
      Set.of("authorization", "contenttype", "accept", "useragent", "contentlength", "host");

  Arguments {
    list = List.copyOf(list);
    choices = List.copyOf(choices);
  }

  /**
   * The arguments of an operation.
   *
   * @param supplied parameters that something else fills
   * @param fixed body members that are always the same
   */
  static Arguments of(ApiOperation operation, Set<String> supplied, Set<String> fixed) {
    ArgumentNames names = ArgumentNames.of(operation);
    Map<String, Argument> out = new TreeMap<>();
    for (Parameter p : operation.parameters()) {
      if (!supplied.contains(p.name()) && !isOwnHeader(p)) {
        String name = names.ofParameter(p.in(), p.name());
        out.put(name, new Argument(name, List.of(p.schema()), p.required()));
      }
    }
    operation.body().ifPresent(b -> addBody(b, fixed, out));
    BodyShape shape = BodyShape.of(operation);
    return new Arguments(
        List.copyOf(out.values()),
        operation.body().map(b -> choices(b.schema(), fixed)).orElse(List.of()),
        shape == BodyShape.OBJECT && operation.body().filter(b -> isOpen(b.schema())).isPresent());
  }

  /** The same, where these need not be given. */
  Arguments sparing(Set<String> names) {
    return new Arguments(
        list.stream()
            .map(
                a ->
                    new Argument(
                        a.name(), a.alternatives(), a.required() && !names.contains(a.name())))
            .toList(),
        choices,
        open);
  }

  /** The same, where these must be given. */
  Arguments demanding(Set<String> names) {
    return new Arguments(
        list.stream()
            .map(
                a ->
                    new Argument(
                        a.name(), a.alternatives(), a.required() || names.contains(a.name())))
            .toList(),
        choices,
        open);
  }

  /** Headers that the runtime itself writes. */
  static boolean isOwnHeader(Parameter parameter) {
    return parameter.in().equals("header") && OWN_HEADERS.contains(Words.plain(parameter.name()));
  }

  private static void addBody(RequestBody body, Set<String> fixed, Map<String, Argument> out) {
    if (BodyShape.of(body) == BodyShape.VALUE) {
      out.put(BODY, new Argument(BODY, List.of(body.schema()), body.required()));
      return;
    }
    Map<String, List<Schema>> members = Members.of(body.schema());
    Set<String> required = body.schema().required();
    members.forEach(
        (name, schemas) -> {
          boolean readOnly = schemas.stream().allMatch(Schema::readOnly);
          if (!readOnly && !fixed.contains(name)) {
            out.put(name, new Argument(name, schemas, required.contains(name)));
          }
        });
  }

  private static boolean isOpen(Schema schema) {
    return !schema.hasProperties()
        || schema.node().path("additionalProperties").isObject()
        || schema.node().path("additionalProperties").asBoolean(false);
  }

  private static Set<String> demanded(Schema branch, Set<String> fixed) {
    Set<String> out = new TreeSet<>(branch.required());
    out.removeAll(fixed);
    return out;
  }

  /** Sets of members of which a composition demands one whole. */
  private static List<List<Set<String>>> choices(Schema schema, Set<String> fixed) {
    List<List<Set<String>>> out = new ArrayList<>();
    List<Schema> owners = new ArrayList<>(schema.parts());
    owners.add(schema);
    for (Schema owner : owners) {
      List<Set<String>> branches = owner.variants().stream().map(v -> demanded(v, fixed)).toList();
      boolean anyFree = branches.stream().anyMatch(Set::isEmpty);
      if (branches.size() > 1 && !anyFree) {
        out.add(branches);
      }
    }
    return out;
  }
}
