package dev.pawl.cli.e2e;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A PostgreSQL and the Patroni that minds it. The other node reaches it through a proxy. */
final class HaNode {
  private final String name;
  private final Path folder;
  private final HaProcesses processes;
  private final int postgresPort = HaProcesses.freePort();
  private final int restPort = HaProcesses.freePort();
  private final CuttingProxy replication = new CuttingProxy(postgresPort);
  private List<Long> frozen = List.of();

  HaNode(String name, Path folder, HaProcesses processes) throws IOException {
    this.name = name;
    this.folder = folder;
    this.processes = processes;
  }

  int postgresPort() {
    return postgresPort;
  }

  int restPort() {
    return restPort;
  }

  /** Starts Patroni, which makes or mends its PostgreSQL and starts it. */
  void start(int etcd, HaTimes times) throws IOException {
    Path file = folder.resolve(name + ".yml");
    Files.writeString(file, config(etcd, times));
    processes.start("patroni-" + name, "patroni", file.toString());
  }

  private String config(int etcd, HaTimes times) {
    return """
    scope: pawl
    name: %1$s
    restapi: {listen: "127.0.0.1:%2$d", connect_address: "127.0.0.1:%2$d"}
    etcd3: {host: "127.0.0.1:%3$d"}
    bootstrap:
      dcs:
        ttl: %4$d
        loop_wait: %5$d
        retry_timeout: %6$d
        maximum_lag_on_failover: 1048576
        primary_start_timeout: 0
        synchronous_mode: true
        postgresql:
          use_pg_rewind: true
          parameters: {max_connections: 100, synchronous_commit: "on"}
      initdb: [{encoding: UTF8}, {locale: C}, data-checksums]
    postgresql:
      listen: "127.0.0.1:%7$d"
      connect_address: "127.0.0.1:%8$d"
      data_dir: %9$s/%1$s
      bin_dir: %10$s
      pgpass: %9$s/%1$s.pgpass
      remove_data_directory_on_diverged_timelines: true
      authentication:
        superuser: {username: postgres, password: x}
        replication: {username: replicator, password: x}
      parameters: {unix_socket_directories: %9$s}
      pg_hba:
        - local all all trust
        - host all all 127.0.0.1/32 scram-sha-256
        - host replication replicator 127.0.0.1/32 scram-sha-256
    """
        .formatted(
            name,
            restPort,
            etcd,
            times.ttl(),
            times.loopWait(),
            times.retryTimeout(),
            postgresPort,
            replication.port(),
            folder,
            HaProcesses.postgresPrograms());
  }

  /** SIGKILL, all at once. */
  void killPostgres() throws Exception {
    HaProcesses.signal("KILL", postgres());
  }

  /** SIGKILL of Patroni too. */
  void killAll() throws Exception {
    List<Long> all = postgres();
    all.add(processes.pid("patroni-" + name));
    HaProcesses.signal("KILL", all);
  }

  /** SIGSTOP. */
  void freeze() throws Exception {
    List<Long> all = new ArrayList<>(List.of(processes.pid("patroni-" + name)));
    all.addAll(postgres());
    HaProcesses.signal("STOP", all);
    frozen = all;
  }

  /** SIGCONT, PostgreSQL first, which so lives for a moment as it was. */
  void thaw() throws Exception {
    HaProcesses.signal("CONT", frozen.reversed());
  }

  /** From now on no standby gets anything from here. */
  void cutReplication() throws IOException {
    replication.close();
  }

  private List<Long> postgres() throws IOException {
    Path file = folder.resolve(name).resolve("postmaster.pid");
    long postmaster = Long.parseLong(Files.readAllLines(file).getFirst().strip());
    List<Long> all = new ArrayList<>(List.of(postmaster));
    ProcessHandle.of(postmaster)
        .ifPresent(handle -> handle.descendants().map(ProcessHandle::pid).forEach(all::add));
    return all;
  }

  void close() throws IOException {
    replication.close();
  }
}
