package dev.pawl.core.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pawl.core.Described;
import dev.pawl.core.Refused;
import dev.pawl.model.Checkpoint;
import dev.pawl.model.Failure;
import dev.pawl.model.MethodContext;
import dev.pawl.model.MethodException;
import dev.pawl.model.MethodResult;
import dev.pawl.model.Model;
import dev.pawl.model.ModelDescriptor;
import dev.pawl.model.Outcome;
import dev.pawl.model.Reason;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * {@code core/command}: nobody but its author knows whether a program may run twice, so the author
 * says what is done when its outcome is not known.
 */
public final class CommandModel implements Model {
  private static final ModelDescriptor DESCRIPTOR = Described.by("core-command.json");

  @Override
  public ModelDescriptor descriptor() {
    return DESCRIPTOR;
  }

  @Override
  public MethodResult invoke(String method, ObjectNode arguments, MethodContext context)
      throws MethodException, InterruptedException {
    if (!method.equals("run")) {
      throw Refused.method(DESCRIPTOR.type(), method);
    }
    Command command = ParseCommand.run(arguments, context);
    return arguments.path("onUnknown").asText("inDoubt").equals("rerun")
        ? rerunning(command)
        : once(command, arguments, context);
  }

  /**
   * No result is kept between attempts: what a program leaves in the workspace is kept with the
   * step's success only, and a result without its files would be half of it.
   */
  private static MethodResult rerunning(Command command)
      throws MethodException, InterruptedException {
    try {
      return MethodResult.of(RunProgram.run(command), Outcome.EXECUTED);
    } catch (MethodException e) {
      // The author says that it may run again, whatever became of it.
      throw new MethodException(e.failure(), MethodException.Effect.NOT_MADE, e);
    }
  }

  private static MethodResult once(Command command, ObjectNode arguments, MethodContext context)
      throws MethodException, InterruptedException {
    AtomicBoolean ran = new AtomicBoolean();
    JsonNode kept =
        context.checkpoint(
            Checkpoint.inDoubt("run").of(arguments),
            () -> {
              ObjectNode output = RunProgram.run(command);
              ran.set(true);
              return output.put("files", WorkspaceDigest.of(command.root()));
            });
    ObjectNode output = (ObjectNode) kept.deepCopy();
    JsonNode files = output.remove("files");
    if (!ran.get() && !files.asText().equals(WorkspaceDigest.of(command.root()))) {
      throw MethodException.unknown(
          Failure.of(
              Reason.IN_DOUBT,
              command.shown()
                  + " has run in an earlier attempt that did not come to its end, so the files that"
                  + " it changed were put back; name the step in a retry to have it run from"
                  + " nothing, or say onUnknown: rerun if it may always run again"));
    }
    return MethodResult.of(output, ran.get() ? Outcome.EXECUTED : Outcome.REUSED);
  }
}
