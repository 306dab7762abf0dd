package dev.pawl.codegen.infer;

import dev.pawl.codegen.document.ApiOperation;
import dev.pawl.codegen.document.CodegenException;
import dev.pawl.codegen.ir.Endpoint;
import dev.pawl.codegen.ir.Identity;
import dev.pawl.codegen.ir.Inferred;
import dev.pawl.codegen.ir.ListEndpoint;
import dev.pawl.codegen.ir.LongRunning;
import dev.pawl.codegen.ir.Resource;
import dev.pawl.codegen.ir.Skipped;
import dev.pawl.codegen.ir.Verify;
import dev.pawl.codegen.overrides.Overrides;
import dev.pawl.codegen.overrides.ResourceOverride;
import dev.pawl.codegen.overrides.ResourceOverride.OperationOverride;
import dev.pawl.codegen.overrides.ResourceOverride.ReconcileOverride;
import dev.pawl.codegen.overrides.Suggest;
import dev.pawl.model.rest.IdentityPart;
import dev.pawl.model.rest.PathValue;
import dev.pawl.model.rest.Reconcile;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Mends resources by what a person says about them. */
final class ApplyOverrides {
  private static final String SAID = "the overrides say so";

  private final Overrides overrides;
  private final List<ApiOperation> operations;
  private final ListFinder lists;

  ApplyOverrides(Overrides overrides, List<ApiOperation> operations) {
    this.overrides = overrides;
    this.operations = operations;
    this.lists = new ListFinder(new PathIndex(operations));
  }

  /**
   * Mends all resources.
   *
   * @param skipped where excluded ones go
   * @throws CodegenException naming the line of what does not fit the document
   */
  List<Resource> run(List<Resource> resources, List<Skipped> skipped) {
    List<String> kinds = resources.stream().map(Resource::kind).toList();
    overrides
        .resources()
        .forEach(
            (kind, said) -> {
              if (!kinds.contains(kind)) {
                throw complaint(
                    said,
                    "the document has no resource '"
                        + kind
                        + "'"
                        + Suggest.didYouMean(kind, kinds));
              }
            });
    List<Resource> out = new ArrayList<>();
    for (Resource resource : resources) {
      ResourceOverride said = overrides.resources().get(resource.kind());
      if (said == null) {
        out.add(resource.withHeaders(overrides.headers()));
      } else if (said.exclude()) {
        skipped.add(new Skipped(resource.create().value().describe(), "excluded by the overrides"));
      } else {
        out.add(apply(resource, said));
      }
    }
    return out;
  }

  private CodegenException complaint(ResourceOverride said, String message) {
    return new CodegenException(overrides.file() + ":" + said.line() + ": " + message);
  }

  private Resource apply(Resource r, ResourceOverride said) {
    if (said.create().filter(c -> !c.equals(r.create().value().describe())).isPresent()) {
      throw complaint(
          said,
          r.kind() + " is made by " + r.create().value().describe() + "; 'create' adds a new kind");
    }
    String kind = said.name().orElse(r.kind());
    String api = r.type().substring(0, r.type().indexOf('/'));
    Optional<Inferred<Endpoint>> get = endpoint(r, said, "get", r.get());
    Optional<Inferred<ListEndpoint>> list = list(r, said);
    Verify verify = said.verify().orElse(verify(get, list));
    if (verify == Verify.GET && get.isEmpty()) {
      throw complaint(said, "verify is GET, and there is no get operation");
    }
    return new Resource(
        kind,
        api + "/" + kind,
        r.create(),
        verify == Verify.GET ? get : Optional.empty(),
        verify == Verify.NONE ? Optional.empty() : list,
        endpoint(r, said, "update", r.update()),
        endpoint(r, said, "delete", r.delete()),
        toldBy(operation(r, said), r, identity(r, said)),
        r.state(),
        said.reconcile().map(v -> reconcile(v, r.reconcile())).orElse(r.reconcile()),
        verify,
        operation(r, said),
        said.readiness().map(v -> Inferred.high(v, SAID)).or(r::readiness),
        said.softDelete().map(v -> Inferred.high(v, SAID)).or(r::softDelete),
        said.secrets().map(Set::copyOf).orElse(r.secrets()),
        said.shownOnce().map(Set::copyOf).orElse(r.shownOnce()),
        headers(said),
        r.actions(),
        said.key().isPresent() || said.operation().isPresent()
            ? r.warnings().stream().filter(w -> !w.contains("idPointer")).toList()
            : r.warnings(),
        r.rejected());
  }

  private static Verify verify(
      Optional<Inferred<Endpoint>> get, Optional<Inferred<ListEndpoint>> list) {
    if (get.isPresent()) {
      return Verify.GET;
    }
    boolean keyed = list.filter(l -> !l.value().keyPointer().isEmpty()).isPresent();
    return keyed ? Verify.LIST : Verify.NONE;
  }

  private static Inferred<Identity> identity(Resource r, ResourceOverride said) {
    Inferred<Identity> keyed = keyed(r, said);
    Identity known = keyed.value();
    if (said.pathValue().isEmpty() || known.parts().isEmpty()) {
      return keyed;
    }
    List<IdentityPart> parts = new ArrayList<>(known.parts());
    int own = parts.size() - 1;
    parts.set(own, parts.get(own).taking(said.pathValue().get()));
    return Inferred.high(
        new Identity(parts, known.idPointer(), known.itemParameter(), known.parents()), SAID);
  }

  private static Inferred<Identity> keyed(Resource r, ResourceOverride said) {
    if (said.key().isEmpty()) {
      return r.identity();
    }
    ResourceOverride.Key key = said.key().get();
    Identity known = r.identity().value();
    List<IdentityPart> parts = new ArrayList<>(known.parts().subList(0, known.parents().size()));
    String own = known.itemParameter().isEmpty() ? "id" : known.itemParameter();
    parts.add(new IdentityPart(own, key.source(), key.pointer()));
    Optional<String> pointer =
        Optional.of(key.pointer()).filter(p -> key.source() == IdentityPart.Source.RESPONSE);
    return Inferred.high(
        new Identity(parts, pointer, known.itemParameter(), known.parents()), SAID);
  }

  private Optional<Inferred<LongRunning>> operation(Resource r, ResourceOverride said) {
    if (said.operation().isEmpty()) {
      return r.operation();
    }
    OperationOverride wanted = said.operation().get();
    if (wanted.get().equals(ResourceOverride.NONE)) {
      return Optional.empty();
    }
    ApiOperation get = find(said, wanted.get());
    List<String> parameters = get.path().parameters();
    if (parameters.isEmpty()) {
      throw complaint(said, wanted.get() + " has no parameter that names one operation");
    }
    String last = parameters.get(parameters.size() - 1);
    IdentityPart own =
        wanted.id().isEmpty()
            ? IdentityPart.location(last)
            : new IdentityPart(last, IdentityPart.Source.OPERATION, wanted.id());
    List<IdentityPart> parts =
        OperationFinder.with(
                own,
                r.create().value().operation(),
                get.path(),
                r.get().map(g -> g.value().operation().path().key()).orElse(""),
                r.identity().value().idPointer().orElse(""))
            .orElseThrow(
                () ->
                    complaint(
                        said,
                        "nothing in the create says the other parameters of " + wanted.get()));
    String made = r.identity().value().itemParameter();
    Optional<IdentityPart> key =
        wanted.key().isEmpty()
            ? Optional.empty()
            : Optional.of(
                new IdentityPart(
                    made.isEmpty() ? "id" : made,
                    IdentityPart.Source.OPERATION,
                    wanted.key(),
                    said.pathValue().orElse(PathValue.WHOLE)));
    return Optional.of(
        Inferred.high(
            new LongRunning(
                get,
                wanted.result(),
                wanted.answer(),
                parts,
                wanted.status(),
                wanted.done(),
                wanted.failed(),
                wanted.error(),
                key),
            SAID));
  }

  /** Where the overrides say that an operation tells the key, it does. */
  private static Inferred<Identity> toldBy(
      Optional<Inferred<LongRunning>> operation, Resource r, Inferred<Identity> identity) {
    Optional<IdentityPart> key = operation.flatMap(o -> o.value().key());
    if (key.isEmpty() || operation.equals(r.operation())) {
      return identity;
    }
    Identity known = identity.value();
    List<IdentityPart> parts = new ArrayList<>(known.parts().subList(0, known.parents().size()));
    parts.add(key.get());
    String pointer = operation.get().value().answerPointer() + key.get().pointer();
    return Inferred.high(
        new Identity(parts, Optional.of(pointer), known.itemParameter(), known.parents()), SAID);
  }

  private Optional<Inferred<Endpoint>> endpoint(
      Resource r, ResourceOverride said, String role, Optional<Inferred<Endpoint>> inferred) {
    String wanted = said.operations().get(role);
    if (wanted == null) {
      return inferred;
    }
    if (wanted.equals(ResourceOverride.NONE)) {
      return Optional.empty();
    }
    ApiOperation operation = find(said, wanted);
    return Optional.of(Inferred.high(Endpoints.closest(operation, r.state()), SAID));
  }

  private Optional<Inferred<ListEndpoint>> list(Resource r, ResourceOverride said) {
    String wanted = said.operations().get("list");
    if (wanted == null) {
      return r.list();
    }
    if (wanted.equals(ResourceOverride.NONE)) {
      return Optional.empty();
    }
    ApiOperation operation = find(said, wanted);
    ListFinder.Found found =
        lists
            .at(operation.path().key(), r.state())
            .orElseThrow(() -> complaint(said, wanted + " answers no array of such resources"));
    String key =
        KeyFinder.find(r.identity().value().itemParameter(), r.kind(), found.item().properties())
            .map(k -> Pointers.to(k.name()))
            .orElse("");
    return Optional.of(
        Inferred.high(
            new ListEndpoint(
                operation,
                found.itemsPointer(),
                found.item(),
                key,
                new PagingFinder(operation).find()),
            SAID));
  }

  private ApiOperation find(ResourceOverride said, String wanted) {
    List<String> known = operations.stream().map(ApiOperation::describe).toList();
    int at = known.indexOf(wanted);
    if (at < 0) {
      throw complaint(
          said,
          "the document has no operation '" + wanted + "'" + Suggest.didYouMean(wanted, known));
    }
    return operations.get(at);
  }

  private Map<String, String> headers(ResourceOverride said) {
    Map<String, String> out = new TreeMap<>(overrides.headers());
    out.putAll(said.headers());
    return out;
  }

  /** Behind a token, what was inferred stays. */
  private static Inferred<Reconcile> reconcile(
      ReconcileOverride said, Inferred<Reconcile> inferred) {
    Reconcile natural =
        said.fields().isEmpty()
            ? inferred.value().withoutToken()
            : new Reconcile.NaturalKey(said.fields(), said.createdAt());
    Reconcile value =
        switch (said.strategy()) {
          case KEY ->
              new Reconcile.Key(
                  said.token().orElseThrow(),
                  natural,
                  said.lifetime().orElse(Reconcile.Key.LIFETIME));
          case CLIENT_ID -> new Reconcile.ClientId();
          case MARKER ->
              new Reconcile.Marker(said.field(), Reconcile.Marker.Shape.valueOf(said.shape()));
          case NATURAL_KEY -> natural;
          case NONE -> new Reconcile.None();
        };
    return Inferred.high(value, SAID);
  }
}
