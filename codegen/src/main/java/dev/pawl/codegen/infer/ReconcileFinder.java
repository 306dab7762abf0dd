package dev.pawl.codegen.infer;

import dev.pawl.codegen.document.ApiOperation;
import dev.pawl.codegen.document.RequestBody;
import dev.pawl.codegen.document.Schema;
import dev.pawl.codegen.ir.Inferred;
import dev.pawl.model.rest.Reconcile;
import java.util.Map;
import java.util.Optional;

/** Finds the strongest way to resolve a create in doubt. */
final class ReconcileFinder {
  private final ApiOperation create;
  private final Map<String, Schema> request;
  private final Optional<Schema> read;
  private final String kind;

  ReconcileFinder(ApiOperation create, Optional<Schema> read, String kind) {
    this.create = create;
    this.request = create.body().map(RequestBody::schema).map(Schema::properties).orElse(Map.of());
    this.read = read;
    this.kind = kind;
  }

  /**
   * @param clientKey whether the client chooses the key
   * @param readable whether anything can be read back
   */
  Inferred<Reconcile> find(Optional<String> clientKey, Readable readable) {
    Inferred<Reconcile> next = withoutToken(clientKey, readable);
    return new TokenFinder(create)
        .find()
        .map(
            token ->
                new Inferred<Reconcile>(
                    new Reconcile.Key(token.value(), next.value(), Reconcile.Key.LIFETIME),
                    token.confidence(),
                    token.reason()))
        .orElse(next);
  }

  /** What can be read back. */
  enum Readable {
    ITEM_AND_LIST,
    ITEM,
    LIST,
    NOTHING;

    boolean item() {
      return this == ITEM || this == ITEM_AND_LIST;
    }

    boolean list() {
      return this == LIST || this == ITEM_AND_LIST;
    }
  }

  private Inferred<Reconcile> withoutToken(Optional<String> clientKey, Readable readable) {
    if (clientKey.isPresent() && (readable.item() || readable.list())) {
      return Inferred.high(
          new Reconcile.ClientId(), "the client chooses the key, " + clientKey.get());
    }
    if (!readable.list() || read.isEmpty()) {
      return Inferred.high(new Reconcile.None(), "no list shows what a lost create made");
    }
    return new MarkerFinder(request, read.get(), kind)
        .find()
        .or(() -> new NaturalKeyFinder(create, read.get(), kind).find())
        .orElseGet(
            () ->
                Inferred.high(
                    new Reconcile.None(), "no field of the request is sure to name the object"));
  }
}
