package dev.pawl.load;

import dev.pawl.load.cases.Case;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
    name = "floor",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    showDefaultValues = true,
    description = "The same commits by bare JDBC: what a system without any cost of its own does.")
final class FloorCommand implements Callable<Integer> {
  @Mixin final Measuring measuring = new Measuring();

  public static void main(String[] args) {
    System.exit(new CommandLine(new FloorCommand()).execute(args));
  }

  @Override
  public Integer call() throws Exception {
    try (BenchDatabase database = BenchDatabase.fresh(measuring.databaseUrl);
        Floor floor =
            new Floor(measuring.databaseUrl, Math.max(8, Collections.max(measuring.callers)))) {
      List<Case> cases = new ArrayList<>();
      measuring.steps.forEach(n -> cases.add(floor.workflow(n)));
      cases.add(floor.hit());
      cases.add(floor.miss());
      measuring.run("floor", floor.workflow(10), cases, new Usage.Parts(database, List.of(), 0));
    }
    return 0;
  }
}
