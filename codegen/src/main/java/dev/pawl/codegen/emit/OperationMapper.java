package dev.pawl.codegen.emit;

import dev.pawl.codegen.document.ApiOperation;
import dev.pawl.codegen.document.Parameter;
import dev.pawl.codegen.document.RequestBody;
import dev.pawl.codegen.document.Schema;
import dev.pawl.codegen.infer.ArgumentNames;
import dev.pawl.model.rest.Operation;
import dev.pawl.model.rest.OperationBase;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Turns a document's operation into the runtime's. Path parameters are bound by position and take
 * the identity's names, since one thing is often called differently from path to path.
 */
final class OperationMapper {
  private final List<String> identity;
  private final Map<String, String> parentArguments;
  private final Set<String> withSlashes;
  private final String apiBase;

  /**
   * @param identity the item path's parameters, the own one last
   * @param parentArguments parent → the create's argument that holds it
   * @param withSlashes those of {@code identity} whose slashes stay slashes in a path
   * @param apiBase where the API lives
   */
  OperationMapper(
      List<String> identity,
      Map<String, String> parentArguments,
      Set<String> withSlashes,
      String apiBase) {
    this.withSlashes = Set.copyOf(withSlashes);
    this.apiBase = apiBase;
    this.identity = List.copyOf(identity);
    this.parentArguments = Map.copyOf(parentArguments);
  }

  Operation map(
      ApiOperation operation, Map<String, String> fixed, String resultPointer, Role role) {
    List<Map.Entry<String, String>> renamed = renamed(operation, role);
    String path = operation.path().text();
    for (var entry : renamed) {
      int at = path.indexOf("{" + entry.getKey() + "}");
      String after = path.substring(at + entry.getKey().length() + 2);
      path = path.substring(0, at) + "{\u0000" + entry.getValue() + "}" + after;
    }
    return new Operation(
        operation.method(),
        path.replace("\u0000", ""),
        parameters(operation, renamed, role),
        body(operation),
        fixed,
        resultPointer,
        operation.server().isEmpty() ? null : new OperationBase(apiBase, operation.server()));
  }

  /** What an operation's path names. */
  enum Role {
    /** One thing. */
    ITEM,
    /** All things of a kind. */
    COLLECTION,
    /**
     * The same; and arguments fill only what there is no answer without, for a filter would hide
     * what is looked for.
     */
    LIST
  }

  /** Written → from now on, in path order: one path may have the same name twice. */
  private List<Map.Entry<String, String>> renamed(ApiOperation operation, Role role) {
    List<String> own = operation.path().parameters();
    List<Map.Entry<String, String>> out = new ArrayList<>();
    int expected = role == Role.ITEM ? identity.size() : identity.size() - 1;
    for (int i = 0; i < own.size(); i++) {
      String name = own.get(i);
      boolean bound = own.size() == expected;
      out.add(Map.entry(name, bound ? identity.get(i) : role == Role.ITEM ? name : in(name)));
    }
    return out;
  }

  /** A collection's {@code {id}} is what it is in, and never the id of one of its things. */
  private String in(String name) {
    return identity.contains(name) ? in("in_" + name) : name;
  }

  private List<Operation.Parameter> parameters(
      ApiOperation operation, List<Map.Entry<String, String>> renamed, Role role) {
    ArgumentNames names = ArgumentNames.of(operation);
    List<Operation.Parameter> out = new ArrayList<>();
    for (var entry : renamed) {
      String name = entry.getValue();
      Operation.Parameter parameter =
          new Operation.Parameter(
              name,
              withSlashes.contains(name) ? Operation.In.PATH_WITH_SLASHES : Operation.In.PATH,
              parentArguments.getOrDefault(name, names.ofParameter("path", entry.getKey())));
      if (!out.contains(parameter)) {
        out.add(parameter);
      }
    }
    Map<String, Operation.In> places = new HashMap<>();
    places.put("query", Operation.In.QUERY);
    places.put("header", Operation.In.HEADER);
    for (Parameter p : operation.parameters()) {
      Operation.In in = places.get(p.in());
      if (in != null && !Arguments.isOwnHeader(p) && (role != Role.LIST || p.required())) {
        out.add(new Operation.Parameter(p.name(), in, names.ofParameter(p.in(), p.name())));
      }
    }
    files(operation).forEach(f -> out.add(new Operation.Parameter(f, Operation.In.FILE, f)));
    return out;
  }

  /** The members of a body in parts that are files. */
  private static List<String> files(ApiOperation operation) {
    return operation.body().filter(b -> b.kind() == RequestBody.Kind.MULTIPART).stream()
        .flatMap(b -> new TreeMap<>(b.schema().properties()).entrySet().stream())
        .filter(
            m ->
                isFile(m.getValue())
                    || m.getValue().items().filter(OperationMapper::isFile).isPresent())
        .map(Map.Entry::getKey)
        .toList();
  }

  private static boolean isFile(Schema schema) {
    return schema.format().equals("binary")
        || schema.types().contains("file")
        || schema.node().has("contentMediaType");
  }

  private static Operation.Body body(ApiOperation operation) {
    BodyShape shape = BodyShape.of(operation);
    if (shape == BodyShape.NONE || operation.method().equals("GET")) {
      return Operation.Body.NONE;
    }
    if (shape == BodyShape.VALUE) {
      return Operation.Body.JSON_VALUE;
    }
    return switch (operation.body().map(RequestBody::kind).orElse(RequestBody.Kind.JSON)) {
      case FORM -> Operation.Body.FORM;
      case MULTIPART -> Operation.Body.MULTIPART;
      case JSON, OTHER -> Operation.Body.JSON;
    };
  }
}
