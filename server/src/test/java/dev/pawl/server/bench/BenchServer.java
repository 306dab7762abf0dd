package dev.pawl.server.bench;

import com.sun.management.OperatingSystemMXBean;
import com.sun.management.ThreadMXBean;
import dev.pawl.server.PawlServer;
import dev.pawl.server.config.ServerOptions;
import dev.pawl.server.engine.EngineSettings;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.lang.management.MemoryType;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import javax.management.NotificationEmitter;

/**
 * A server with its defaults, in a process of its own. For each line that it reads it collects its
 * garbage and says what it has used: {@code cpu=NANOS allocated=BYTES peak=BYTES live=BYTES}. The
 * peak is the most that was left after a collection since the line before.
 */
public final class BenchServer {
  private static final Duration SILENCE = Duration.ofMinutes(30);
  private static final AtomicLong PEAK = new AtomicLong();

  private BenchServer() {}

  /**
   * Starts; says {@code port=NUMBER} first.
   *
   * @param args database URL, data directory
   */
  public static void main(String[] args) throws Exception {
    ServerOptions options =
        ServerOptions.in(Path.of(args[1]))
            .withAddress(ServerOptions.LOOPBACK, 0)
            .withDatabaseUrl(args[0])
            // A disk that is busy with others' work must not cost the run that is measured.
            .withRecovery(EngineSettings.Recovery.BY_WORKFLOW, EngineSettings.HEARTBEAT, SILENCE);
    Files.createDirectories(options.dataDir());
    watchCollections();
    try (PawlServer server = PawlServer.start(options, List.of());
        BufferedReader asked =
            new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
      System.out.println("port=" + server.port());
      while (asked.readLine() != null) {
        System.out.println(used());
      }
    }
  }

  private static void watchCollections() {
    for (GarbageCollectorMXBean collector : ManagementFactory.getGarbageCollectorMXBeans()) {
      ((NotificationEmitter) collector)
          .addNotificationListener(
              (told, ignored) -> PEAK.accumulateAndGet(afterCollection(), Math::max), null, null);
    }
  }

  private static long afterCollection() {
    return ManagementFactory.getMemoryPoolMXBeans().stream()
        .filter(pool -> pool.getType() == MemoryType.HEAP && pool.getCollectionUsage() != null)
        .mapToLong(pool -> pool.getCollectionUsage().getUsed())
        .sum();
  }

  private static String used() {
    OperatingSystemMXBean system =
        (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    // Before the collection, which costs time too.
    long cpu = system.getProcessCpuTime();
    long allocated = threads.getTotalThreadAllocatedBytes();
    long peak = PEAK.get();
    MemoryMXBean memory = ManagementFactory.getMemoryMXBean();
    memory.gc();
    long live = memory.getHeapMemoryUsage().getUsed();
    PEAK.set(live);
    return "cpu=%d allocated=%d peak=%d live=%d".formatted(cpu, allocated, peak, live);
  }
}
