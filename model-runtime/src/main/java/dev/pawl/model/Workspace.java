package dev.pawl.model;

import java.nio.file.Path;

/**
 * The files of a run: a folder that its steps share, one at a time. What a step leaves there is
 * kept together with the step's success; a step that does not succeed leaves nothing. It is
 * restored on whichever server goes on with the run.
 *
 * <p>Files, folders and symbolic links to targets inside are kept, with their permission bits;
 * times and owners are not. A file that is hard-linked is kept as files of their own.
 */
public interface Workspace {

  /** The folder, absolute. It stays the same for one call, but not from one step to the next. */
  Path root();

  /**
   * A path inside the folder, whether or not there is anything. Use it for every name that comes
   * from outside the model.
   *
   * @param relative with {@code /} between its parts; empty or {@code .} for the folder itself
   * @throws MethodException INVALID_ARGUMENTS, naming the path, where it is absolute, leaves the
   *     folder, has a NUL, or leads through a symbolic link to outside
   */
  Path resolve(String relative) throws MethodException;
}
