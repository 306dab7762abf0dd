package dev.pawl.core.git;

import java.io.File;
import java.io.OutputStream;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.util.FS;
import org.eclipse.jgit.util.FS_POSIX;
import org.eclipse.jgit.util.ProcessResult;
import org.jspecify.annotations.Nullable;

/**
 * Files as JGit sees them, without programs: hooks and filters lie in the workspace, where any step
 * may write them, and would run whatever the server's list of commands says.
 */
final class NoPrograms extends FS_POSIX {
  /** JGit was about to start a program. */
  static final class Asked extends RuntimeException {
    private static final long serialVersionUID = 1;

    Asked(String what) {
      super(what);
    }
  }

  NoPrograms() {}

  private NoPrograms(FS source) {
    super(source);
  }

  @Override
  public FS newInstance() {
    return new NoPrograms(this);
  }

  @Override
  protected @Nullable File discoverGitExe() {
    return null;
  }

  @Override
  public ProcessBuilder runInShell(String command, String[] arguments) {
    throw new Asked(command);
  }

  @Override
  public @Nullable File findHook(Repository repository, String hookName) {
    return null;
  }

  @Override
  public ProcessResult runHookIfPresent(
      Repository repository,
      String hookName,
      String[] arguments,
      @Nullable OutputStream out,
      @Nullable OutputStream err,
      @Nullable String stdin) {
    return new ProcessResult(ProcessResult.Status.NOT_PRESENT);
  }
}
