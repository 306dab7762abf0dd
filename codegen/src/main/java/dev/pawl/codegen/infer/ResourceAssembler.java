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
import java.util.List;
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
    Inferred<Reconcile> reconcile = reconcile(candidate, kind, state, get, list);
    return new Resource(
        kind,
        api + "/" + kind,
        new Inferred<>(
            endpoint(candidate.post(), candidate, state),
            candidate.confidence(),
            candidate.reason()),
        get,
        list,
        candidate.item().flatMap(ItemPath::update).map(o -> item(o, candidate, state)),
        candidate.item().flatMap(ItemPath::delete).map(o -> item(o, candidate, state)),
        identity,
        state,
        reconcile,
        verify(get, list),
        state.map(StatusFinder::new).flatMap(StatusFinder::readiness),
        state.map(StatusFinder::new).flatMap(StatusFinder::softDelete),
        secrets(candidate.post()),
        candidate.item().map(actions::of).orElse(List.of()),
        Warnings.of(candidate, identity.value(), list));
  }

  /** The resource as reading it answers, else as its create does. */
  private static Optional<Schema> state(Candidate candidate) {
    return candidate
        .answer()
        .map(f -> f.read().map(View::schema).orElse(f.view().schema()))
        .or(candidate::read);
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
    Optional<ListFinder.Found> own = lists.at(candidate.post().path().key(), state);
    Optional<ListFinder.Found> items =
        candidate.item().flatMap(i -> lists.at(i.collection(), state));
    Optional<ListFinder.Found> best =
        own.filter(o -> o.score() >= items.map(ListFinder.Found::score).orElse(0.0))
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

  private static String keyPointer(Candidate candidate, Schema item) {
    String parameter = candidate.item().map(ItemPath::parameter).orElse("id");
    String thing = candidate.item().map(ItemPath::thing).orElse("");
    Optional<String> known =
        candidate
            .answer()
            .map(f -> f.key().name())
            .or(candidate::requestKey)
            .filter(n -> item.properties().containsKey(n));
    return known
        .or(
            () ->
                KeyFinder.find(parameter, thing, item.properties())
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
