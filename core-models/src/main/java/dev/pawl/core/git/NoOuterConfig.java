package dev.pawl.core.git;

import java.io.File;
import org.eclipse.jgit.lib.Config;
import org.eclipse.jgit.storage.file.FileBasedConfig;
import org.eclipse.jgit.util.FS;
import org.eclipse.jgit.util.SystemReader;
import org.jspecify.annotations.Nullable;

/**
 * What JGit knows of the machine, without anybody's configuration: a workflow must do the same
 * whoever runs the server, and wherever.
 */
final class NoOuterConfig extends SystemReader.Delegate {
  NoOuterConfig(SystemReader real) {
    super(real);
  }

  @Override
  public @Nullable String getenv(String variable) {
    return variable.startsWith("GIT_") || variable.startsWith("XDG_")
        ? null
        : super.getenv(variable);
  }

  @Override
  public FileBasedConfig openUserConfig(@Nullable Config parent, FS fs) {
    return new Empty(parent, fs);
  }

  @Override
  public FileBasedConfig openSystemConfig(@Nullable Config parent, FS fs) {
    return new Empty(parent, fs);
  }

  @Override
  public FileBasedConfig openJGitConfig(@Nullable Config parent, FS fs) {
    return new Empty(parent, fs);
  }

  /** A configuration that no file stands behind, and that says next to nothing. */
  private static final class Empty extends FileBasedConfig {
    @SuppressWarnings("NullAway") // JGit takes null for no parent
    Empty(@Nullable Config parent, FS fs) {
      super(parent, new File(""), fs);
      // Tidying goes on in the background, in a workspace that is somebody else's by then.
      setInt("gc", null, "auto", 0);
    }

    @Override
    public void load() {}

    @Override
    public void save() {}

    @Override
    public boolean isOutdated() {
      return false;
    }
  }
}
