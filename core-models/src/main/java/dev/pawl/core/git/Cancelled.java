package dev.pawl.core.git;

import org.eclipse.jgit.lib.EmptyProgressMonitor;

/** Lets long work end when its caller is cancelled. */
final class Cancelled extends EmptyProgressMonitor {
  private final Thread caller = Thread.currentThread();

  @Override
  public boolean isCancelled() {
    return caller.isInterrupted();
  }
}
