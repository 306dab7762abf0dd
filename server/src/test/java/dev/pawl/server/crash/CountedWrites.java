package dev.pawl.server.crash;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Pattern;

/**
 * The durable writes of this process, and its death after the n-th. Signs of life are not counted:
 * they come by the clock, so the n-th write would be another each time.
 */
final class CountedWrites {
  /** A look for work begins with {@code with} and comes by the clock; what it takes it tells of. */
  private static final Pattern WRITE = Pattern.compile("(?is)\\A\\s*(insert|update|delete)\\b.*");

  /** With or without a schema, which is for jOOQ's settings to say. */
  private static final Pattern COUNTS =
      Pattern.compile(
          "(?is).*\\b(insert into|update|delete from)"
              + "\\s+(?:\"public\"\\.)?+\"(?!(?:executor|installation)\")\\w+\".*");

  /** Writes of many runs, each a commit of its own. */
  private static final Pattern GROUP = Pattern.compile("(?is)\\A\\s*with (change|given) as\\b.*");

  private final AtomicInteger written = new AtomicInteger();
  private final int last;

  /**
   * Counts.
   *
   * @param last the process dies once so many are durable; 0: never
   */
  CountedWrites(int last) {
    this.last = last;
  }

  static boolean counts(String sql) {
    return (WRITE.matcher(sql).matches() && COUNTS.matcher(sql).matches())
        || GROUP.matcher(sql).matches();
  }

  /**
   * One more is durable.
   *
   * @param what the statement that made it count
   */
  void committed(String what) {
    int now = written.incrementAndGet();
    System.out.println("write " + now + ": " + what);
    if (last > 0 && now >= last) {
      die();
    }
  }

  /** SIGKILL: no hook runs, no buffer is flushed, no socket is closed politely. */
  private static void die() {
    long pid = ProcessHandle.current().pid();
    try {
      new ProcessBuilder("kill", "-9", Long.toString(pid)).start();
    } catch (IOException e) {
      Runtime.getRuntime().halt(137);
    }
    while (true) {
      LockSupport.park();
    }
  }
}
