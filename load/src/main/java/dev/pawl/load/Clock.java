package dev.pawl.load;

import java.util.concurrent.locks.LockSupport;

/** Time as the loops see it, so that their tests need none. */
interface Clock {
  Clock SYSTEM =
      new Clock() {
        @Override
        public long nanos() {
          return System.nanoTime();
        }

        @Override
        public void waitUntil(long nanos) throws InterruptedException {
          for (long left; (left = nanos - System.nanoTime()) > 0; ) {
            LockSupport.parkNanos(left);
            if (Thread.interrupted()) {
              throw new InterruptedException();
            }
          }
        }
      };

  long nanos();

  /** Returns at once if that is past. */
  void waitUntil(long nanos) throws InterruptedException;
}
