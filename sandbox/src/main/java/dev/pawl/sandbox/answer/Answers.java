package dev.pawl.sandbox.answer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.pawl.sandbox.document.ApiDocument;
import dev.pawl.sandbox.document.DocumentedResponse;
import dev.pawl.sandbox.document.Operation;
import dev.pawl.sandbox.inference.Catalog;
import dev.pawl.sandbox.inference.Meaning;
import dev.pawl.sandbox.state.Resource;
import dev.pawl.sandbox.state.Store;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Requests in, answers out: what the simulated API does, without any HTTP. */
public final class Answers {
  private final Simulation simulation;
  private final Catalog catalog;
  private final RequestCheck check;
  private final ErrorBodies errors;
  private final CreateItem create;
  private final ReadItem read;
  private final UpdateItem update;
  private final DeleteItem delete;
  private final ListItems list;
  private final Settings settings;
  private final PerformAction action;
  private final Optional<Operation> usual;

  /** {@code readyAfter} is how long after its creation a thing shows its ready status. */
  public Answers(
      ApiDocument document,
      Catalog catalog,
      Store store,
      Clock clock,
      Duration readyAfter,
      Parents parents) {
    this.catalog = catalog;
    this.simulation = new Simulation(document, catalog, store, clock, readyAfter, parents);
    this.check = new RequestCheck(document.shapes());
    this.errors = new ErrorBodies(document.shapes());
    this.create = new CreateItem(simulation);
    this.read = new ReadItem(simulation);
    this.update = new UpdateItem(simulation, create);
    this.delete = new DeleteItem(simulation);
    this.list = new ListItems(simulation);
    this.settings = new Settings(simulation);
    this.action = new PerformAction(simulation, update);
    this.usual =
        document.operations().stream()
            .filter(one -> one.response(404).flatMap(DocumentedResponse::schema).isPresent())
            .findFirst();
  }

  /** Handles one request; what it made is durable when this returns. */
  public ApiAnswer answer(ApiRequest request) {
    Operation operation = request.route().operation();
    try {
      return simulation
          .store()
          .transaction(
              () -> {
                // A missing parent is said before a missing field: no body could mend it.
                simulation.anchors(request);
                check.run(operation, request.body());
                return perform(request);
              });
    } catch (Refusal refusal) {
      return error(Optional.of(operation), refusal.status(), refusal.text());
    }
  }

  /** An error in the style of the operation; without one, in the style of the document's 404s. */
  public ApiAnswer error(Optional<Operation> operation, int status, String message) {
    Optional<Operation> style = operation.or(() -> usual);
    return errors.of(style, status, message, simulation.draft().now());
  }

  private ApiAnswer perform(ApiRequest request) {
    return switch (request.route().meaning()) {
      case Meaning.Create meaning -> create.run(request, meaning.kind());
      case Meaning.Read meaning -> read.run(request, meaning.kind());
      case Meaning.Update meaning -> update.run(request, meaning.kind(), meaning.absent());
      case Meaning.Delete meaning -> delete.run(request, meaning.kind());
      case Meaning.ListItems meaning -> list.run(request, meaning.kind());
      case Meaning.DeleteMany meaning -> delete.selected(request, meaning.kind());
      case Meaning.ReadNewest meaning -> read.newest(request, meaning.kind());
      case Meaning.DeleteNewest meaning -> delete.newest(request, meaning.kind());
      case Meaning.ReadSetting meaning -> settings.read(request, meaning.absent());
      case Meaning.WriteSetting meaning -> settings.write(request);
      case Meaning.DeleteSetting meaning -> settings.delete(request);
      case Meaning.ListNothing meaning -> list.none(request);
      case Meaning.Act meaning -> action.run(request, meaning.target());
    };
  }

  /** The resource as a reader would see it now. */
  public JsonNode visible(Resource resource) {
    return simulation.visible(resource);
  }

  /** The resource an item path names, whichever of its paths that is. */
  public Optional<Resource> resourceAt(String rawPath) {
    for (String method : List.of("GET", "DELETE", "PUT", "PATCH", "POST")) {
      if (catalog.match(method, rawPath) instanceof Catalog.Match.Found found) {
        Optional<Resource> resource = named(found, rawPath);
        if (resource.isPresent()) {
          return resource;
        }
      }
    }
    return simulation.store().all().stream()
        .filter(resource -> resource.path().equals(rawPath))
        .findFirst();
  }

  private Optional<Resource> named(Catalog.Match.Found found, String rawPath) {
    ApiRequest request =
        new ApiRequest(
            found.route(), "", rawPath, found.parameters(), Map.of(), MissingNode.getInstance());
    if (request.key().isEmpty()) {
      return Optional.empty();
    }
    try {
      return switch (found.route().meaning()) {
        case Meaning.Read meaning -> Optional.of(simulation.required(request, meaning.kind()));
        case Meaning.Update meaning -> Optional.of(simulation.required(request, meaning.kind()));
        case Meaning.Delete meaning -> Optional.of(simulation.required(request, meaning.kind()));
        default -> Optional.empty();
      };
    } catch (Refusal absent) {
      return Optional.empty();
    }
  }
}
