package dev.pawl.codegen.infer;

import dev.pawl.codegen.document.ApiOperation;
import dev.pawl.codegen.document.RequestBody;
import dev.pawl.codegen.document.Schema;
import dev.pawl.codegen.ir.Endpoint;
import dev.pawl.codegen.ir.Identity;
import dev.pawl.codegen.ir.Inferred;
import dev.pawl.codegen.ir.ListEndpoint;
import dev.pawl.codegen.ir.Resource;
import dev.pawl.codegen.ir.Verify;
import dev.pawl.model.rest.Reconcile;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Puts together all that belongs to one create. */
final class ResourceAssembler {
  private final ListFinder lists;
  private final ActionFinder actions;

  ResourceAssembler(PathIndex index, ActionFinder actions) {
    this.lists = new ListFinder(index);
    this.actions = actions;
  }

  Resource assemble(Candidate candidate, String api, String kind, Inferred<Identity> identity) {
    Optional<Schema> state = state(candidate);
    Optional<Inferred<Endpoint>> get = get(candidate, state);
    Optional<Inferred<ListEndpoint>> list = list(candidate, state);
    Optional<UpdateFinder> updates =
        candidate.item().map(i -> new UpdateFinder(i, candidate.post(), state));
    Optional<Inferred<Endpoint>> update =
        updates.flatMap(UpdateFinder::find).map(o -> item(o, candidate, state));
    Optional<ApiOperation> changes = update.map(u -> u.value().operation());
    Inferred<Reconcile> reconcile = reconcile(candidate, kind, state, get, list);
    Set<String> once =
        Secrets.shownOnce(
            candidate.answer(),
            get.flatMap(g -> g.value().result()).or(() -> list.map(l -> l.value().item())));
    return new Resource(
        kind,
        api + "/" + kind,
        new Inferred<>(
            endpoint(candidate.post(), candidate, state),
            candidate.confidence(),
            candidate.reason()),
        get,
        list,
        update,
        candidate.item().flatMap(ItemPath::delete).map(o -> item(o, candidate, state)),
        identity,
        state,
        reconcile,
        verify(get, list),
        candidate.operation(),
        state.flatMap(s -> new StatusFinder(s).readiness(candidate.post())),
        state.flatMap(
            s ->
                new StatusFinder(s)
                    .softDelete(candidate.item().flatMap(ItemPath::delete).isPresent())),
        secrets(candidate.post()),
        once,
        Map.of(),
        candidate.item().map(i -> actions.of(i, changes)).orElse(List.of()),
        Warnings.of(candidate, identity.value(), list, once),
        rejected(candidate.post(), updates));
  }

  private static List<String> rejected(ApiOperation create, Optional<UpdateFinder> updates) {
    List<String> out = new ArrayList<>(updates.map(UpdateFinder::rejected).orElse(List.of()));
    TokenFinder tokens = new TokenFinder(create);
    tokens.find();
    out.addAll(tokens.leftOut());
    return out;
  }

  /** The resource as reading it answers, else as its create does. */
  private static Optional<Schema> state(Candidate candidate) {
    Optional<Schema> read = candidate.read().filter(Schema::hasProperties);
    return candidate
        .answer()
        .flatMap(f -> f.read().map(View::schema))
        .or(() -> read.map(ResourceAssembler::unwrapped))
        .or(() -> candidate.answer().map(f -> f.view().schema()));
  }

  /** What an answer that the create's does not resemble is about. */
  private static Schema unwrapped(Schema read) {
    List<View> views = View.ofRead(read);
    boolean whole = views.get(0).fields().values().stream().anyMatch(Schema::isKeyLike);
    List<View> inner = views.stream().skip(1).filter(View::sole).toList();
    return whole || inner.isEmpty() ? read : inner.get(0).schema();
  }

  private static Optional<Inferred<Endpoint>> get(Candidate candidate, Optional<Schema> state) {
    return candidate.item().flatMap(ItemPath::get).map(o -> item(o, candidate, state));
  }

  private static Inferred<Endpoint> item(
      ApiOperation operation, Candidate candidate, Optional<Schema> state) {
    return new Inferred<>(
        endpoint(operation, candidate, state),
        candidate.confidence(),
        operation.method() + " on the item path");
  }

  /** Where an operation's answer holds what looks most like the resource. */
  private static Endpoint endpoint(
      ApiOperation operation, Candidate candidate, Optional<Schema> state) {
    if (operation == candidate.post() && candidate.answer().isPresent()) {
      View view = candidate.answer().get().view();
      return new Endpoint(operation, view.pointer(), Optional.of(view.schema()));
    }
    return Endpoints.closest(operation, state);
  }

  private Optional<Inferred<ListEndpoint>> list(Candidate candidate, Optional<Schema> state) {
    Optional<ListFinder.Found> own =
        candidate.post().path().endsInParameter()
            ? Optional.empty()
            : lists.at(candidate.post().path().key(), state);
    Optional<ListFinder.Found> items =
        candidate.item().flatMap(i -> lists.at(i.collection(), state));
    boolean same = own.filter(o -> state.filter(s -> isSame(o.item(), s)).isPresent()).isPresent();
    Optional<ListFinder.Found> best =
        own.filter(o -> same || o.score() >= items.map(ListFinder.Found::score).orElse(0.0))
            .or(() -> items);
    return best.map(
        found ->
            new Inferred<>(
                new ListEndpoint(
                    found.operation(),
                    found.itemsPointer(),
                    found.item(),
                    keyPointer(candidate, found.item()),
                    new PagingFinder(found.operation()).find()),
                candidate.confidence(),
                "GET on the collection answers an array of the same things"));
  }

  private static boolean isSame(Schema a, Schema b) {
    return Similarity.of(a, b) >= Similarity.SAME;
  }

  private static String keyPointer(Candidate candidate, Schema item) {
    if (!candidate.before().isEmpty()) {
      return "";
    }
    String parameter = candidate.item().map(ItemPath::parameter).orElse("id");
    Optional<Schema> schema = candidate.item().flatMap(i -> i.schemaOf(parameter));
    String thing = candidate.item().map(ItemPath::thing).orElse("");
    Optional<String> inMetadata =
        candidate.answer().filter(f -> !f.inner().isEmpty()).map(AnswerKey.Found::keyPointer);
    if (inMetadata.isPresent()) {
      return inMetadata.filter(p -> Pointers.in(item, p)).orElse("");
    }
    Optional<String> known =
        candidate
            .answer()
            .map(f -> f.key().name())
            .or(candidate::requestKey)
            .filter(n -> item.properties().containsKey(n));
    return known
        .or(
            () ->
                KeyFinder.find(parameter, schema, thing, item.properties())
                    .filter(k -> k.score() >= 70)
                    .map(KeyFinder.Key::name))
        .map(Pointers::to)
        .orElse("");
  }

  private static Inferred<Reconcile> reconcile(
      Candidate candidate,
      String kind,
      Optional<Schema> state,
      Optional<Inferred<Endpoint>> get,
      Optional<Inferred<ListEndpoint>> list) {
    boolean listed = list.filter(l -> !l.value().keyPointer().isEmpty()).isPresent();
    var readable =
        get.isPresent()
            ? listed ? ReconcileFinder.Readable.ITEM_AND_LIST : ReconcileFinder.Readable.ITEM
            : listed ? ReconcileFinder.Readable.LIST : ReconcileFinder.Readable.NOTHING;
    Optional<Schema> shown = list.map(l -> l.value().item()).or(() -> state);
    return new ReconcileFinder(candidate.post(), shown, kind)
        .find(ClientKey.of(candidate), readable);
  }

  private static Verify verify(
      Optional<Inferred<Endpoint>> get, Optional<Inferred<ListEndpoint>> list) {
    if (get.isPresent()) {
      return Verify.GET;
    }
    return list.filter(l -> !l.value().keyPointer().isEmpty()).isPresent()
        ? Verify.LIST
        : Verify.NONE;
  }

  private static Set<String> secrets(ApiOperation post) {
    Set<String> out = new TreeSet<>();
    post.body()
        .map(RequestBody::schema)
        .ifPresent(
            s ->
                s.properties()
                    .forEach(
                        (name, field) -> {
                          if (Secrets.isSecret(name, field)) {
                            out.add(Pointers.to(name));
                          }
                        }));
    return out;
  }
}
