package dev.pawl.server.engine;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pawl.model.Json;
import dev.pawl.model.Reason;
import dev.pawl.server.failure.ServerFailure;
import dev.pawl.server.language.ParsedWorkflow;
import dev.pawl.server.language.RunView;
import dev.pawl.server.language.StepEvaluator;
import dev.pawl.server.models.LookAtObjects;
import dev.pawl.server.store.DataStore;
import dev.pawl.server.workflow.ModelCatalog;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/**
 * After a total loss of the database: goes through the workflows as a run would, looks for what
 * they have made by the markers of the lost installation, and stores what is found. Sends nothing
 * but GET, so that what is not found is never made.
 */
public final class RebuildData {
  private final CheckWorkflow check;
  private final ModelCatalog models;
  private final LookAtObjects look;
  private final DataStore data;

  /** A workflow's file. */
  public record Definition(String fileName, String text) {
    public Definition {
      requireNonNull(fileName, "fileName");
      requireNonNull(text, "text");
    }
  }

  /**
   * What was lost.
   *
   * @param installationId of the lost installation
   * @param inputs that the workflows ran with; each takes those that it declares
   * @param isDry whether nothing is to be stored
   */
  public record Command(
      String namespace,
      String installationId,
      List<Definition> definitions,
      ObjectNode inputs,
      boolean isDry,
      String requester) {
    public Command {
      requireNonNull(namespace, "namespace");
      requireNonNull(installationId, "installationId");
      definitions = List.copyOf(definitions);
      requireNonNull(inputs, "inputs");
      requireNonNull(requester, "requester");
    }
  }

  @Inject
  public RebuildData(CheckWorkflow check, ModelCatalog models, LookAtObjects look, DataStore data) {
    this.check = check;
    this.models = models;
    this.look = look;
    this.data = data;
  }

  private record Checked(ParsedWorkflow workflow, ObjectNode inputs) {}

  /**
   * Looks for every resource of the workflows, in the order in which a run would make them.
   *
   * @throws ServerFailure INVALID_WORKFLOW or INVALID_INPUTS, before anything is looked for
   */
  public void run(Command command, Findings<RebuiltResource> findings) throws InterruptedException {
    List<Checked> all = checked(command);
    RebuildOne one = new RebuildOne(command, look, data);
    for (Checked each : all) {
      ParsedWorkflow workflow = each.workflow();
      RunView view = new RunView("rebuild", 1, workflow.definition().name(), command.namespace());
      new RebuildSteps(
              view, workflow, each.inputs(), new StepEvaluator(workflow), models, one, findings)
          .run();
    }
  }

  private List<Checked> checked(Command command) {
    List<Checked> all = new ArrayList<>();
    TreeSet<String> unknown = new TreeSet<>();
    command.inputs().fieldNames().forEachRemaining(unknown::add);
    for (Definition file : command.definitions()) {
      ParsedWorkflow workflow = check.definition(file.fileName(), file.text());
      ObjectNode own = Json.object();
      for (String name : workflow.definition().inputs().keySet()) {
        if (command.inputs().has(name)) {
          own.set(name, command.inputs().get(name));
        }
        unknown.remove(name);
      }
      all.add(new Checked(workflow, check.inputs(workflow, own)));
    }
    if (!unknown.isEmpty()) {
      throw new ServerFailure(
          Reason.Code.INVALID_ARGUMENT,
          "INVALID_INPUTS",
          "none of the workflows has an input " + String.join(", ", unknown),
          unknown.stream()
              .map(name -> new ServerFailure.Violation(name, "no workflow declares it", ""))
              .toList());
    }
    return all;
  }
}
