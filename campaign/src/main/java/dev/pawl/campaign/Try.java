package dev.pawl.campaign;

import java.util.Map;
import java.util.TreeMap;

final class Try {
  public static void main(String[] args) {
    Map<String, Integer> seen = new TreeMap<>();
    for (Strategy s : Strategy.values()) {
      for (Fault f : Fault.values()) {
        if (!f.concerns(s)
            || !s.name().matches(System.getProperty("s", ".*"))
            || !f.name().matches(System.getProperty("f", ".*"))) continue;
        long t = System.nanoTime();
        int[] n = new int[1];
        Map<String, Integer> ends = new TreeMap<>();
        Map<String, Integer> vs = new TreeMap<>();
        java.util.function.Consumer<Result> c =
            r -> {
              n[0]++;
              ends.merge(r.end().toString(), 1, Integer::sum);
              r.violations().forEach(v -> vs.merge(v.kind().toString(), 1, Integer::sum));
              for (Violation v : r.violations()) {
                String k = s + " " + f.kind() + " " + v.kind();
                if (seen.merge(k, 1, Integer::sum) == 1
                    && args.length > 1
                    && v.kind().toString().matches(args[1])
                    && f.kind() == Fault.Kind.WITHIN) {
                  System.out.println(r.explain());
                }
              }
            };
        Exhaustive e = new Exhaustive(s, f, Control.PRODUCTION, c);
        c.accept(World.run(Case.of(s, f, java.util.List.of()), Control.PRODUCTION));
        if (args[0].contains("d")) e.deaths(1);
        if (args[0].contains("D")) e.doubleDeaths(3);
        if (args[0].contains("s")) e.stops(1);
        if (args[0].contains("o")) e.others(1);
        System.out.printf(
            "%s %s %d %s %s %dus%n",
            s, f, n[0], ends, vs, (System.nanoTime() - t) / 1000 / Math.max(1, n[0]));
      }
    }
  }
}
