package dev.pawl.server.api.map;

import dev.pawl.server.run.PlannedStep;
import dev.pawl.server.run.PlannedStep.CreateAction;
import dev.pawl.v1.PlanAction;

/** Plans as messages. */
public final class PlanMapper {
  private PlanMapper() {}

  public static dev.pawl.v1.PlannedStep step(PlannedStep step) {
    dev.pawl.v1.PlannedStep.Builder out =
        dev.pawl.v1.PlannedStep.newBuilder()
            .setStepId(step.key().stepId())
            .setIterationKey(step.key().iteration())
            .setModelType(step.modelType())
            .setMethod(step.method())
            .setInstance(step.instance())
            .setAction(PlanAction.valueOf("PLAN_ACTION_" + step.action().name()))
            .addAllReasons(step.reasons())
            .addAllDependsOn(step.dependsOn());
    CreateAction create = step.createAction();
    if (create != null) {
      out.setCreateAction(dev.pawl.v1.CreateAction.valueOf("CREATE_ACTION_" + create.name()));
    }
    step.differs().stream().map(DataMapper::difference).forEach(out::addDiffers);
    return out.build();
  }
}
