package dev.pawl.model.rest;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * All that the verbs need to know of a resource. Written by codegen, or by hand.
 *
 * @param type the model type
 * @param api where it lives
 * @param create makes one
 * @param get reads one by its identity; null where the API has none: then {@code listing} verifies
 * @param listing lists the siblings; null where the API has none
 * @param update changes one; null where the API cannot
 * @param delete removes one; null where the API cannot
 * @param identity where each item path parameter's value comes from, in path order, parents first;
 *     the last one is the item's own key
 * @param reconcile how a create in doubt is resolved
 * @param readiness when a made one may be used; null: at once
 * @param softDelete when one that is still shown counts as gone; null: never
 * @param secrets JSON pointers of arguments that are never stored nor compared
 * @param shownOnce members of the state that only the create's answer has, such as a key's secret:
 *     they are kept with the stored state, and never taken for a difference
 * @param operation what the create answers with instead of, or beside, what it makes; null: nothing
 */
public record RestResource(
    String type,
    ApiDescriptor api,
    Operation create,
    @Nullable Operation get,
    @Nullable Listing listing,
    @Nullable Operation update,
    @Nullable Operation delete,
    List<IdentityPart> identity,
    Reconcile reconcile,
    @Nullable Readiness readiness,
    @Nullable SoftDelete softDelete,
    Set<String> secrets,
    Set<String> shownOnce,
    @Nullable BegunOperation operation) {
  public RestResource {
    requireNonNull(type, "type");
    requireNonNull(api, "api");
    requireNonNull(create, "create");
    identity = List.copyOf(identity);
    requireNonNull(reconcile, "reconcile");
    secrets = Set.copyOf(secrets);
    shownOnce = Set.copyOf(shownOnce);
  }

  /** Whose reads show all that its create does. */
  public RestResource(
      String type,
      ApiDescriptor api,
      Operation create,
      @Nullable Operation get,
      @Nullable Listing listing,
      @Nullable Operation update,
      @Nullable Operation delete,
      List<IdentityPart> identity,
      Reconcile reconcile,
      @Nullable Readiness readiness,
      @Nullable SoftDelete softDelete,
      Set<String> secrets) {
    this(
        type,
        api,
        create,
        get,
        listing,
        update,
        delete,
        identity,
        reconcile,
        readiness,
        softDelete,
        secrets,
        Set.of(),
        null);
  }

  /** The item path parameters' names, in path order. */
  public List<String> identityParameters() {
    return identity.stream().map(IdentityPart::parameter).collect(Collectors.toUnmodifiableList());
  }
}
