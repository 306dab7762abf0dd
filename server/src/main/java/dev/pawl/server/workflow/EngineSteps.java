package dev.pawl.server.workflow;

/**
 * The steps that the engine itself carries out: they wait for something outside the run, for which
 * no method could be kept running. Files name them as they name any model.
 */
public final class EngineSteps {
  public static final String WAIT = "core/wait";
  public static final String APPROVAL = "core/approval";
  public static final String WORKFLOW = "core/workflow";

  /** The argument of {@link #WORKFLOW} that holds a definition, taken as it is written. */
  public static final String DEFINITION = "workflow";

  /** The argument of {@link #WORKFLOW} that names a stored workflow instead. */
  public static final String STORED = "stored";

  /** How many workflows may stand one inside the other. */
  public static final int MAX_DEPTH = 10;

  private EngineSteps() {}

  public static boolean isOne(String modelType) {
    return switch (modelType) {
      case WAIT, APPROVAL, WORKFLOW -> true;
      default -> false;
    };
  }
}
