package dev.pawl.server.language;

import dev.pawl.model.CreateOptions.OnChange;
import dev.pawl.model.MethodDescriptor;
import dev.pawl.model.MethodDescriptor.Trait;
import dev.pawl.model.MethodKind;
import dev.pawl.model.ModelDescriptor;
import dev.pawl.server.workflow.EngineSteps;
import dev.pawl.server.workflow.ModelCatalog;
import dev.pawl.server.workflow.StepDefinition;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Checks a workflow against the models there are. */
public final class WorkflowValidator {
  private static final String POLL =
      "; to wait until something is so, use model http/request, method await";

  private final ModelCatalog catalog;

  public WorkflowValidator(ModelCatalog catalog) {
    this.catalog = catalog;
  }

  /**
   * Reads a workflow and checks all that can be checked before a run, with every problem of the
   * file and of its use of models in one list.
   *
   * @param fileName as problems shall name it
   * @param text YAML 1.2 or JSON
   * @throws InvalidWorkflow with every problem there is
   * @throws LimitExceeded when the file is larger than the language takes
   */
  public ParsedWorkflow check(String fileName, String text) throws InvalidWorkflow {
    var grammar = new WorkflowGrammar(SourceReader.read(fileName, text));
    ParsedWorkflow parsed = grammar.read();
    check(parsed, grammar.problems());
    grammar.problems().throwIfAny();
    return parsed;
  }

  /**
   * Checks a workflow that was read before, as after a change of the models.
   *
   * @throws InvalidWorkflow with every problem there is
   */
  public void check(ParsedWorkflow parsed) throws InvalidWorkflow {
    var problems = new Problems(parsed.tree());
    check(parsed, problems);
    problems.throwIfAny();
  }

  private void check(ParsedWorkflow parsed, Problems problems) {
    for (StepDefinition step : parsed.definition().steps()) {
      Path path = parsed.path(step.id());
      MethodDescriptor method = method(step, path, problems);
      if (method != null) {
        if (EngineSteps.isOne(step.model())) {
          new EngineStepCheck(this).check(step, path, problems);
        } else {
          instance(step, method, path, parsed, problems);
          update(step, path, problems);
        }
        new StepArguments(parsed, problems).check(step, method);
      }
    }
  }

  private @Nullable MethodDescriptor method(StepDefinition step, Path path, Problems problems) {
    if (step.model().isEmpty()) {
      return null;
    }
    Optional<ModelDescriptor> model = catalog.model(step.model());
    if (model.isEmpty()) {
      problems.at(
          path.key("model"),
          "there is no model '" + step.model() + "'",
          step.model(),
          catalog.types());
      return null;
    }
    if (step.method().isEmpty()) {
      return null;
    }
    Optional<MethodDescriptor> method = model.get().method(step.method());
    if (method.isEmpty()) {
      var names = model.get().methods().stream().map(MethodDescriptor::name).toList();
      problems.at(
          path.key("method"),
          "'"
              + step.model()
              + "' has no method '"
              + step.method()
              + "'; it has "
              + String.join(", ", names)
              + (step.model().equals(EngineSteps.WAIT) ? POLL : ""),
          step.method(),
          names);
    }
    return method.orElse(null);
  }

  /** What a model cannot do is refused before anything of the run is done. */
  private void update(StepDefinition step, Path path, Problems problems) {
    boolean can =
        catalog.model(step.model()).stream()
            .flatMap(model -> model.methods().stream())
            .anyMatch(m -> m.kind() == MethodKind.UPDATE);
    if (step.create().onChange() == OnChange.UPDATE && !can) {
      problems.at(path.key("onChange"), "'" + step.model() + "' has no update; use keep or fail");
    }
  }

  private static void instance(
      StepDefinition step,
      MethodDescriptor method,
      Path path,
      ParsedWorkflow parsed,
      Problems problems) {
    if (step.instance() == null) {
      if (method.kind() != MethodKind.READ && !method.has(Trait.NEEDS_NO_INSTANCE)) {
        problems.atKey(
            path,
            "'instance' is missing: name the one thing of '" + step.model() + "' it is about");
      }
      return;
    }
    Template template = parsed.templates().at(path.key("instance"));
    boolean same = template == null || !template.uses("each");
    boolean uncompiled = template == null && TemplateScanner.isTemplate(step.instance());
    if (step.forEach() != null && same && !uncompiled && method.kind() == MethodKind.CREATE) {
      problems.at(
          path.key("instance"),
          "every iteration would make the same instance; name it by ${{ each.key }} or each.value");
    }
  }
}
