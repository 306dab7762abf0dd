package dev.pawl.core.git;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pawl.core.Described;
import dev.pawl.core.Refused;
import dev.pawl.model.Failure;
import dev.pawl.model.MethodContext;
import dev.pawl.model.MethodException;
import dev.pawl.model.MethodResult;
import dev.pawl.model.Model;
import dev.pawl.model.ModelDescriptor;
import dev.pawl.model.Reason;
import java.io.IOException;
import org.eclipse.jgit.api.errors.GitAPIException;
import org.eclipse.jgit.api.errors.JGitInternalException;
import org.eclipse.jgit.util.SystemReader;

/** {@code git/repository}: idempotent by what the repositories themselves say. */
public final class GitModel implements Model {
  private static final ModelDescriptor DESCRIPTOR = Described.by("git-repository.json");

  /** Set up at the first call, and for the whole process: nothing else in it uses JGit. */
  private static final class Machine {
    static final SystemReader READER = new NoOuterConfig(SystemReader.getInstance());

    static {
      SystemReader.setInstance(READER);
    }
  }

  @Override
  public ModelDescriptor descriptor() {
    return DESCRIPTOR;
  }

  @Override
  public MethodResult invoke(String method, ObjectNode arguments, MethodContext context)
      throws MethodException, InterruptedException {
    // Reading the field first is what sets it up.
    SystemReader ours = Machine.READER;
    if (SystemReader.getInstance() != ours) {
      throw new IllegalStateException("somebody else has set up JGit in this process");
    }
    try {
      return switch (method) {
        case "clone" -> new CloneRepository(arguments, context.workspace()).run();
        case "commit" ->
            new CommitTree(arguments, context.workspace(), context.options().startedAt()).run();
        case "push" -> new PushBranch(arguments, context.workspace()).run();
        default -> throw Refused.method(DESCRIPTOR.type(), method);
      };
    } catch (NoPrograms.Asked e) {
      throw Refused.because(
          Reason.NOT_ALLOWED,
          "git "
              + method
              + " would start a program ("
              + e.getMessage()
              + "), and git/repository starts none; use core/command with git");
    } catch (GitAPIException | JGitInternalException | IOException e) {
      if (Thread.interrupted()) {
        throw new InterruptedException("cancelled during git " + method);
      }
      throw failed(method, e, context);
    }
  }

  /** What a step leaves in the workspace is put back, and what it has pushed is seen again. */
  private static MethodException failed(String method, Exception e, MethodContext context)
      throws MethodException, InterruptedException {
    Throwable root = e;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    String words =
        e.getMessage() + (root == e || root.getMessage() == null ? "" : ": " + root.getMessage());
    String shown = words.replace(context.workspace().root().toString() + "/", "");
    return new MethodException(
        Failure.of(Reason.UNAVAILABLE, "git " + method + " failed: " + shown),
        method.equals("push") ? MethodException.Effect.UNKNOWN : MethodException.Effect.NOT_MADE,
        e);
  }
}
