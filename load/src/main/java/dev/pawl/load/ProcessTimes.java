package dev.pawl.load;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * What Linux has counted for the machine and its processes, in ticks of a hundredth of a second.
 */
final class ProcessTimes {
  private static final double TICKS = 100;
  private static final int PARENT = 1;
  private static final int FIRST_TIME = 11;
  private static final int LAST_TIME = 14;
  private static final int DEEPEST = 64;

  private final Map<Long, Long> parents = new HashMap<>();
  private final Map<Long, Long> ticks = new HashMap<>();
  private final double busy;

  private ProcessTimes(double busy) {
    this.busy = busy;
  }

  static ProcessTimes read() throws IOException {
    ProcessTimes all = new ProcessTimes(machine());
    try (DirectoryStream<Path> folders = Files.newDirectoryStream(Path.of("/proc"), "[0-9]*")) {
      for (Path folder : folders) {
        all.add(folder);
      }
    }
    return all;
  }

  private void add(Path folder) {
    String stat;
    try {
      stat = Files.readString(folder.resolve("stat"));
    } catch (IOException e) {
      // It has ended; its parent's time has its own from now on.
      return;
    }
    // The name before it may hold anything.
    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
    long pid = Long.parseLong(folder.getFileName().toString());
    long sum = 0;
    for (int i = FIRST_TIME; i <= LAST_TIME; i++) {
      sum += Long.parseLong(fields[i]);
    }
    parents.put(pid, Long.parseLong(fields[PARENT]));
    ticks.put(pid, sum);
  }

  private static double machine() throws IOException {
    String[] fields = Files.readAllLines(Path.of("/proc/stat")).getFirst().trim().split("\\s+", -1);
    // user nice system idle iowait irq softirq steal: waiting is no work.
    double sum = 0;
    for (int i : new int[] {1, 2, 3, 6, 7, 8}) {
      sum += Long.parseLong(fields[i]);
    }
    return sum / TICKS;
  }

  /** CPU seconds of the whole machine. */
  double busy() {
    return busy;
  }

  /** CPU seconds of a process and all below it, those included that have ended. */
  double of(long root) {
    double sum = 0;
    for (Map.Entry<Long, Long> each : ticks.entrySet()) {
      if (below(root, each.getKey())) {
        sum += each.getValue();
      }
    }
    return sum / TICKS;
  }

  /** CPU seconds of a process alone. */
  double alone(long pid) {
    return ticks.getOrDefault(pid, 0L) / TICKS;
  }

  private boolean below(long root, long pid) {
    long at = pid;
    for (int i = 0; i < DEEPEST && at > 1; i++) {
      if (at == root) {
        return true;
      }
      at = parents.getOrDefault(at, 0L);
    }
    return at == root;
  }
}
