package dev.pawl.codegen.mutate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pawl.codegen.mutate.FuzzResult.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole campaign; {@code bench/codegen-fuzz} runs it, no build does. */
class CodegenFuzz {
  private static final int COMPILED_ONE_IN = 12;
  private static final int PROGRESS = 500;
  private static final int SHOWN = 40;
  private static final int SLOWEST = 10;
  private static final long MAX_PUBLISHED = 500_000;

  @TempDir Path folder;

  private final int count = Integer.getInteger("pawl.fuzz.count", 10_000);
  private final long seed = Long.getLong("pawl.fuzz.seed", System.currentTimeMillis() % 1_000_000);
  private final int first = Integer.getInteger("pawl.fuzz.first", 0);
  private final Map<String, Map<Outcome, Integer>> counts = new TreeMap<>();
  private final List<String> bad = new ArrayList<>();
  private final List<Slow> slow = new ArrayList<>();

  private record Slow(long millis, String words) {}

  @Test
  void campaign() throws IOException {
    say("seed " + seed + ", cases " + first + " to " + (first + count - 1));
    FuzzRunner runner = new FuzzRunner(folder);
    List<Path> traps = SeedDocuments.traps();
    List<Path> published = SeedDocuments.published(MAX_PUBLISHED);
    for (int i = first; i < first + count; i++) {
      FuzzCase one = FuzzCase.of(traps, published, seed, i);
      note(i, one, runner.run(one, i % COMPILED_ONE_IN == 0 || count == 1));
      if ((i + 1 - first) % PROGRESS == 0) {
        say((i + 1 - first) + " of " + count + ", " + bad.size() + " bad");
      }
    }
    summary();
    assertThat(bad).isEmpty();
  }

  private void note(int number, FuzzCase one, FuzzResult result) throws IOException {
    counts
        .computeIfAbsent(one.kind(), k -> new TreeMap<>())
        .merge(result.outcome(), 1, Integer::sum);
    String words = "case " + number + ", " + one.kind() + " of " + one.seed();
    slow.add(new Slow(result.millis(), words));
    slow.sort(Comparator.comparing(Slow::millis).reversed());
    if (slow.size() > SLOWEST) {
      slow.remove(SLOWEST);
    }
    if (!result.outcome().good()) {
      String all = words + ": " + result.outcome() + " " + result.detail();
      bad.add(all.substring(0, Math.min(1500, all.length())));
      if (bad.size() <= SHOWN) {
        say(bad.get(bad.size() - 1));
      }
    }
    if (count == 1) {
      Path kept = Files.write(Path.of("target", "fuzz-" + one.file()), one.bytes());
      say(words + ": " + result + "; kept as " + kept.toAbsolutePath());
    }
  }

  private void summary() {
    counts.forEach((kind, outcomes) -> say("%-16s %s".formatted(kind, outcomes)));
    slow.forEach(s -> say("%6d ms  %s".formatted(s.millis(), s.words())));
    say(count + " cases, seed " + seed + ", " + bad.size() + " bad");
  }

  private static void say(String line) {
    System.out.println("[fuzz] " + line);
  }
}
