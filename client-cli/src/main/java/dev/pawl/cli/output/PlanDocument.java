package dev.pawl.cli.output;

import dev.pawl.v1.CreateAction;
import dev.pawl.v1.FieldDifference;
import dev.pawl.v1.PlannedStep;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What {@code plan} and {@code retry --plan} print.
 *
 * @param steps in the file's order
 * @param warnings what to read before going on
 */
public record PlanDocument(List<PlannedStep> steps, List<String> warnings) {
  public PlanDocument {
    steps = List.copyOf(steps);
    warnings = List.copyOf(warnings);
  }

  public Map<String, @Nullable Object> json() {
    return Json.object(
        "steps", steps.stream().map(PlanDocument::step).toList(), "warnings", warnings);
  }

  public List<String> lines() {
    Table table = new Table("STEP", "MODEL", "METHOD", "INSTANCE", "ACTION", "WHY");
    for (PlannedStep step : steps) {
      table.row(
          step.getIterationKey().isEmpty()
              ? step.getStepId()
              : step.getStepId() + "[" + step.getIterationKey() + "]",
          step.getModelType(),
          step.getMethod(),
          step.getInstance(),
          action(step),
          why(step));
    }
    List<String> lines = new ArrayList<>(table.lines(""));
    warnings.forEach(warning -> lines.add("warning: " + warning));
    return lines;
  }

  private static String action(PlannedStep step) {
    String action = Names.of(step.getAction());
    return step.getCreateAction() == CreateAction.CREATE_ACTION_UNSPECIFIED
        ? action
        : action + " " + Names.of(step.getCreateAction());
  }

  private static String why(PlannedStep step) {
    List<String> why = new ArrayList<>(step.getReasonsList());
    step.getDiffersList().forEach(differs -> why.add("differs in " + differs.getPath()));
    return String.join("; ", why);
  }

  private static Map<String, @Nullable Object> step(PlannedStep step) {
    return Json.object(
        "id", step.getStepId(),
        "instance", Json.orNull(step.getInstance()),
        "type", step.getModelType(),
        "method", step.getMethod(),
        "action", Names.of(step.getAction()),
        "create",
            step.getCreateAction() == CreateAction.CREATE_ACTION_UNSPECIFIED
                ? null
                : Names.of(step.getCreateAction()),
        "reasons", step.getReasonsList(),
        "differs", step.getDiffersList().stream().map(FieldDifference::getPath).toList(),
        "dependsOn", step.getDependsOnList());
  }
}
