package dev.pawl.load;

import java.io.IOException;
import java.sql.SQLException;
import java.util.List;

/**
 * What everybody had used at a moment, in CPU seconds.
 *
 * @param nanos when
 * @param machine all processes of the machine
 * @param server the servers' processes
 * @param postgres all of PostgreSQL's
 * @param generator this process
 * @param api the API that creates are sent to; 0 if there is none
 * @param database PostgreSQL's own counters
 */
record Usage(
    long nanos,
    double machine,
    double server,
    double postgres,
    double generator,
    double api,
    BenchDatabase.Counters database) {

  /**
   * Whom to look at.
   *
   * @param servers pids
   * @param api pid, 0 for none
   */
  record Parts(BenchDatabase database, List<Long> servers, long api) {
    Usage read() throws IOException, SQLException {
      BenchDatabase.Counters counters = database.counters();
      ProcessTimes times = ProcessTimes.read();
      double served = 0;
      for (long server : servers) {
        served += times.of(server);
      }
      return new Usage(
          System.nanoTime(),
          times.busy(),
          served,
          times.of(database.pid()),
          times.alone(ProcessHandle.current().pid()),
          api == 0 ? 0 : times.of(api),
          counters);
    }
  }

  Usage since(Usage before) {
    return new Usage(
        nanos - before.nanos,
        machine - before.machine,
        server - before.server,
        postgres - before.postgres,
        generator - before.generator,
        api - before.api,
        new BenchDatabase.Counters(
            database.commits() - before.database.commits(),
            database.syncs() - before.database.syncs(),
            database.log() - before.database.log()));
  }

  /** Cores that others than those of this bench kept busy. */
  double noise() {
    return Math.max(0, (machine - server - postgres - generator - api) / (nanos / 1e9));
  }

  /** Cores that were busy. */
  double cores() {
    return machine / (nanos / 1e9);
  }
}
