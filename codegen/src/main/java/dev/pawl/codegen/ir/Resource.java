package dev.pawl.codegen.ir;

import dev.pawl.codegen.document.Schema;
import dev.pawl.model.rest.Readiness;
import dev.pawl.model.rest.Reconcile;
import dev.pawl.model.rest.SoftDelete;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * All that was understood of one resource.
 *
 * @param kind its name inside the API, lower snake case
 * @param type {@code api/kind}
 * @param create makes one
 * @param get reads one
 * @param list lists the siblings
 * @param update changes one
 * @param delete removes one
 * @param identity how one is named
 * @param state the resource's schema as read; empty where no answer describes it
 * @param reconcile how a create in doubt is resolved
 * @param verify how a stored one is confirmed
 * @param operation what its create answers with, and that has to end before it is there
 * @param readiness when a made one may be used
 * @param softDelete when a shown one counts as gone
 * @param secrets JSON pointers of arguments that are never stored
 * @param shownOnce members of the state that only the create's answer shows
 * @param headers sent with every request, always the same
 * @param actions named effects, in a stable order
 * @param warnings what a person should know before relying on it
 * @param rejected what was looked at and not taken, and why
 */
public record Resource(
    String kind,
    String type,
    Inferred<Endpoint> create,
    Optional<Inferred<Endpoint>> get,
    Optional<Inferred<ListEndpoint>> list,
    Optional<Inferred<Endpoint>> update,
    Optional<Inferred<Endpoint>> delete,
    Inferred<Identity> identity,
    Optional<Schema> state,
    Inferred<Reconcile> reconcile,
    Verify verify,
    Optional<Inferred<LongRunning>> operation,
    Optional<Inferred<Readiness>> readiness,
    Optional<Inferred<SoftDelete>> softDelete,
    Set<String> secrets,
    Set<String> shownOnce,
    Map<String, String> headers,
    List<Action> actions,
    List<String> warnings,
    List<String> rejected) {
  public Resource {
    headers = Map.copyOf(headers);
    actions = List.copyOf(actions);
    warnings = List.copyOf(warnings);
    rejected = List.copyOf(rejected);
  }

  /** The same with these headers. */
  public Resource withHeaders(Map<String, String> all) {
    return new Resource(
        kind,
        type,
        create,
        get,
        list,
        update,
        delete,
        identity,
        state,
        reconcile,
        verify,
        operation,
        readiness,
        softDelete,
        secrets,
        shownOnce,
        all,
        actions,
        warnings,
        rejected);
  }
}
