package dev.pawl.server.engine;

import dev.pawl.server.run.RunKey;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

/**
 * Passes on at once, inside this process, what is in the database already. Runs elsewhere learn of
 * it at their owner's next beat.
 */
@Singleton
final class News {
  /** Who has runs, or takes them. */
  interface Ear {
    /** There is something new about a run that is here; whether it is. */
    boolean hear(RunKey run);

    /** The end of a run that is here was asked for; whether it is. */
    boolean stop(RunKey run);

    /** There may be a run to take. */
    void claim();
  }

  private volatile Ear ear =
      new Ear() {
        @Override
        public boolean hear(RunKey run) {
          return false;
        }

        @Override
        public boolean stop(RunKey run) {
          return false;
        }

        @Override
        public void claim() {}
      };

  @Inject
  News() {}

  void tell(Ear listener) {
    ear = listener;
  }

  /** A run that waits has something to look at. */
  void about(RunKey run) {
    if (!ear.hear(run)) {
      ear.claim();
    }
  }

  /** The end of a run was asked for. */
  void stop(RunKey run) {
    if (!ear.stop(run)) {
      ear.claim();
    }
  }

  /** A run was queued, or is due. */
  void claim() {
    ear.claim();
  }
}
