package dev.pawl.codegen.emit;

import dev.pawl.codegen.document.ApiOperation;
import dev.pawl.codegen.document.Parameter;
import dev.pawl.codegen.document.RequestBody;
import dev.pawl.codegen.document.Schema;
import dev.pawl.codegen.infer.ArgumentNames;
import dev.pawl.codegen.ir.Action;
import dev.pawl.codegen.ir.Endpoint;
import dev.pawl.codegen.ir.ListEndpoint;
import dev.pawl.codegen.ir.LongRunning;
import dev.pawl.codegen.ir.Resource;
import dev.pawl.model.MethodKind;
import dev.pawl.model.rest.ApiDescriptor;
import dev.pawl.model.rest.BegunOperation;
import dev.pawl.model.rest.IdentityPart;
import dev.pawl.model.rest.Listing;
import dev.pawl.model.rest.Operation;
import dev.pawl.model.rest.Reconcile;
import dev.pawl.model.rest.RequestToken;
import dev.pawl.model.rest.RequestToken.Place;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Decides which methods a resource's class has and what each sends. */
final class PlanResource {
  private final Resource resource;
  private final ApiDescriptor api;
  private final OperationMapper mapper;
  private final List<MethodPlan> methods = new ArrayList<>();

  /**
   * @param api where it lives, and which parameters have values
   */
  PlanResource(Resource resource, ApiDescriptor api) {
    this.api = api;
    this.resource = resource;
    List<String> names = new ArrayList<>();
    Set<String> slashes = new HashSet<>();
    Map<String, String> parents = new HashMap<>();
    for (IdentityPart part : resource.identity().value().parts()) {
      names.add(part.parameter());
      if (part.value().slashes()) {
        slashes.add(part.parameter());
      }
      if (resource.identity().value().parents().contains(part.parameter())) {
        parents.put(part.parameter(), part.pointer().substring(1));
      }
    }
    this.mapper = new OperationMapper(names, parents, slashes, api.defaultBaseUrl());
  }

  /** Whether the runtime can run the resource at all. */
  static boolean isPossible(Resource resource) {
    List<String> parameters =
        resource.identity().value().parts().stream().map(IdentityPart::parameter).toList();
    return resource.identity().value().known()
        && new HashSet<>(parameters).size() == parameters.size()
        && isSendable(resource.create().value().operation());
  }

  private static boolean isSendable(ApiOperation operation) {
    return operation
        .body()
        .filter(
            b ->
                b.kind() == RequestBody.Kind.OTHER
                    || (b.kind() == RequestBody.Kind.MULTIPART
                        && BodyShape.of(b) != BodyShape.OBJECT))
        .isEmpty();
  }

  ResourcePlan run() {
    Endpoint create = resource.create().value();
    add("create", MethodKind.CREATE, create, Set.of());
    Optional<Operation> get = resource.get().map(g -> item("get", MethodKind.READ, g.value()));
    Optional<Listing> listing = resource.list().flatMap(l -> list(l.value()));
    Optional<Operation> update =
        resource
            .update()
            .filter(u -> isSendable(u.value().operation()))
            .map(u -> item("update", MethodKind.UPDATE, u.value()));
    Optional<Operation> delete =
        resource.delete().map(d -> item("delete", MethodKind.DELETE, d.value()));
    resource.actions().forEach(this::action);
    return new ResourcePlan(
        resource,
        List.copyOf(methods),
        get,
        listing,
        update,
        delete,
        resource.operation().map(o -> begun(o.value())));
  }

  private BegunOperation begun(LongRunning found) {
    OperationMapper own =
        new OperationMapper(
            found.identity().stream().map(IdentityPart::parameter).toList(),
            Map.of(),
            Set.of(),
            api.defaultBaseUrl());
    Operation get =
        ownHeaders(
            own.map(found.get(), Map.of(), found.resultPointer(), OperationMapper.Role.ITEM),
            Set.of());
    return new BegunOperation(
        get,
        found.answerPointer(),
        found.identity(),
        found.statusPointer(),
        found.done(),
        found.failed(),
        found.errorPointer());
  }

  private Operation item(String name, MethodKind kind, Endpoint endpoint) {
    return add(name, kind, endpoint, Set.copyOf(endpoint.operation().path().parameters()));
  }

  private Operation add(String name, MethodKind kind, Endpoint endpoint, Set<String> supplied) {
    Set<String> filled = new HashSet<>(supplied);
    filled.addAll(constants(endpoint.operation()));
    Optional<RequestToken> token = kind == MethodKind.CREATE ? token() : Optional.empty();
    token.filter(t -> t.place() != Place.BODY).ifPresent(t -> filled.add(t.name()));
    Operation mapped =
        ownHeaders(
            mapper.map(
                endpoint.operation(),
                Map.of(),
                endpoint.resultPointer(),
                kind == MethodKind.CREATE
                    ? OperationMapper.Role.COLLECTION
                    : OperationMapper.Role.ITEM),
            filled);
    Optional<Schema> output = endpoint.result().or(resource::state);
    methods.add(
        new MethodPlan(
            name,
            kind,
            endpoint.operation(),
            mapped,
            arguments(kind, endpoint.operation(), filled),
            kind == MethodKind.DELETE ? Optional.empty() : output));
    return mapped;
  }

  private Arguments arguments(MethodKind kind, ApiOperation operation, Set<String> filled) {
    if (kind != MethodKind.CREATE) {
      return Arguments.of(operation, filled, Set.of()).sparing(defaults(operation));
    }
    Set<String> token =
        token().filter(t -> t.place() == Place.BODY).map(t -> Set.of(t.name())).orElse(Set.of());
    return Arguments.of(operation, filled, token)
        .demanding(chosenByClient())
        .sparing(defaults(operation));
  }

  /** Arguments that are parameters of the operation with a value of the API's or connection's. */
  private Set<String> defaults(ApiOperation operation) {
    ArgumentNames names = ArgumentNames.of(operation);
    return operation.parameters().stream()
        .filter(p -> names.ofParameter(p.in(), p.name()).equals(p.name()))
        .map(Parameter::name)
        .filter(n -> api.params().containsKey(n) || api.connectionParams().contains(n))
        .collect(Collectors.toSet());
  }

  /** A key that the client chooses is what a create is found by: it cannot be left out. */
  private Set<String> chosenByClient() {
    return resource.identity().value().parts().stream()
        .filter(p -> p.source() == IdentityPart.Source.REQUEST)
        .map(p -> p.pointer().substring(1))
        .collect(Collectors.toSet());
  }

  private Optional<RequestToken> token() {
    return resource.reconcile().value() instanceof Reconcile.Key key
        ? Optional.of(key.token())
        : Optional.empty();
  }

  /** Without the headers that the runtime fills, with those that are always the same. */
  private Operation ownHeaders(Operation operation, Set<String> names) {
    List<Operation.Parameter> out =
        new ArrayList<>(
            operation.parameters().stream()
                .filter(p -> p.in() != Operation.In.HEADER || !names.contains(p.name()))
                .filter(p -> p.in() != Operation.In.HEADER || !isConstant(p.name()))
                .toList());
    new TreeMap<>(resource.headers())
        .forEach(
            (name, value) ->
                out.add(new Operation.Parameter(name, Operation.In.CONSTANT_HEADER, value)));
    return new Operation(
        operation.method(),
        operation.path(),
        out,
        operation.body(),
        operation.fixed(),
        operation.resultPointer(),
        operation.base());
  }

  private boolean isConstant(String header) {
    return resource.headers().keySet().stream().anyMatch(h -> h.equalsIgnoreCase(header));
  }

  private Set<String> constants(ApiOperation operation) {
    return operation.parameters("header").stream()
        .map(Parameter::name)
        .filter(this::isConstant)
        .collect(Collectors.toSet());
  }

  /**
   * A list by which no item can be told apart would prove things that are not so, and so would one
   * whose path has two parameters of one name.
   */
  private Optional<Listing> list(ListEndpoint list) {
    if (list.keyPointer().isEmpty()) {
      return Optional.empty();
    }
    ApiOperation source = list.operation();
    List<String> written = source.path().parameters();
    if (new HashSet<>(written).size() < written.size()) {
      return Optional.empty();
    }
    Operation operation =
        ownHeaders(mapper.map(source, Map.of(), "", OperationMapper.Role.LIST), Set.of());
    Set<String> optional = new HashSet<>(constants(source));
    source.parameters().stream().filter(p -> !p.required()).forEach(p -> optional.add(p.name()));
    methods.add(
        new MethodPlan(
            "list",
            MethodKind.READ,
            source,
            operation,
            renamed(Arguments.of(source, optional, Set.of()), source, operation)
                .sparing(defaults(source)),
            Optional.of(list.item())));
    return Optional.of(
        new Listing(operation, list.itemsPointer(), list.keyPointer(), list.paging()));
  }

  /** A list takes its parents by the names that the create gives them. */
  private static Arguments renamed(Arguments arguments, ApiOperation source, Operation mapped) {
    Map<String, String> names = new HashMap<>();
    List<String> written = source.path().parameters();
    for (int i = 0; i < written.size(); i++) {
      names.put(written.get(i), mapped.parameters().get(i).argument());
    }
    return new Arguments(
        arguments.list().stream()
            .map(
                a ->
                    new Argument(
                        names.getOrDefault(a.name(), a.name()), a.alternatives(), a.required()))
            .toList(),
        arguments.choices(),
        arguments.open());
  }

  private void action(Action action) {
    if (!isSendable(action.operation())) {
      return;
    }
    Set<String> supplied = new HashSet<>(action.operation().path().parameters());
    supplied.addAll(constants(action.operation()));
    ApiOperation narrowed =
        action.branch().map(b -> withBody(action.operation(), b)).orElse(action.operation());
    methods.add(
        new MethodPlan(
            action.name(),
            MethodKind.ACTION,
            action.operation(),
            ownHeaders(
                mapper.map(action.operation(), action.fixed(), "", OperationMapper.Role.ITEM),
                Set.of()),
            Arguments.of(narrowed, supplied, action.fixed().keySet()),
            action.operation().answer()));
  }

  private static ApiOperation withBody(ApiOperation operation, Schema body) {
    return new ApiOperation(
        operation.method(),
        operation.path(),
        operation.parameters(),
        operation.body().map(b -> new RequestBody(b.kind(), body, b.required())),
        operation.answers(),
        operation.operationId(),
        operation.summary(),
        operation.description(),
        operation.server(),
        operation.deprecated());
  }
}
