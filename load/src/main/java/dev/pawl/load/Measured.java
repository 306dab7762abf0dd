package dev.pawl.load;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pawl.load.cases.Case;
import java.util.Locale;
import org.HdrHistogram.Histogram;

/**
 * One measure, as a line of JSON with the names that the peers' harness uses as well.
 *
 * @param concurrency callers; of a fixed rate 0
 * @param asked operations a second; of a closed loop 0
 */
record Measured(
    String peer, int round, Case of, int concurrency, double asked, Outcome outcome, Usage used) {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final double MILLION = 1e6;

  String line() {
    ObjectNode line = MAPPER.createObjectNode();
    line.put("peer", peer).put("case", of.name()).put("round", round);
    line.put("n", of.n()).put("c", concurrency);
    number(line, "rate", asked, 1);
    number(line, "dur_s", outcome.seconds(), 1);
    line.put("ops", outcome.ended()).put("errors", outcome.failures());
    line.put("unfinished", outcome.unfinished());
    number(line, "ops_s", outcome.rate(), 1);
    number(line, "steps_s", outcome.rate() * of.n(), 1);
    latencies(line);
    usage(line);
    if (outcome.first() != null) {
      line.put("first_error", String.valueOf(outcome.first()));
    }
    return line.toString();
  }

  private void latencies(ObjectNode line) {
    number(line, "max_ms", outcome.longest() / MILLION, 3);
    Histogram all = outcome.latencies();
    if (all.getTotalCount() == 0) {
      return;
    }
    number(line, "p50_ms", all.getValueAtPercentile(50) / MILLION, 3);
    number(line, "p95_ms", all.getValueAtPercentile(95) / MILLION, 3);
    number(line, "p99_ms", all.getValueAtPercentile(99) / MILLION, 3);
    number(line, "p999_ms", all.getValueAtPercentile(99.9) / MILLION, 3);
    if (outcome.lateness().getTotalCount() > 0) {
      number(line, "late_p99_ms", outcome.lateness().getValueAtPercentile(99) / MILLION, 3);
    }
  }

  private void usage(ObjectNode line) {
    number(line, "noise", used.noise(), 2);
    number(line, "cpu_all", used.cores(), 2);
    perOperation(line, "cpu_server_ms_per_op", used.server() * 1_000, 4);
    perOperation(line, "cpu_pg_ms_per_op", used.postgres() * 1_000, 4);
    perOperation(line, "cpu_load_ms_per_op", used.generator() * 1_000, 4);
    if (used.api() > 0) {
      perOperation(line, "cpu_api_ms_per_op", used.api() * 1_000, 4);
    }
    perOperation(line, "pg_commit_per_op", used.database().commits(), 2);
    perOperation(line, "pg_walsync_per_op", used.database().syncs(), 3);
    perOperation(line, "pg_walbytes_per_op", used.database().log(), 0);
  }

  private void perOperation(ObjectNode line, String name, double all, int digits) {
    if (outcome.ended() > 0) {
      number(line, name, all / outcome.ended(), digits);
    }
  }

  private static void number(ObjectNode line, String name, double value, int digits) {
    line.put(name, Double.parseDouble(String.format(Locale.ROOT, "%." + digits + "f", value)));
  }
}
