package dev.pawl.cli.e2e;

import static java.util.Objects.requireNonNull;

import dev.pawl.cli.e2e.AdversarialApi.Fault;
import dev.pawl.cli.e2e.AdversarialApi.Request;
import dev.pawl.cli.e2e.AdversarialApi.Rule;
import dev.pawl.cli.e2e.CrashCell.Point;
import dev.pawl.cli.e2e.CrashCell.Signal;
import dev.pawl.v1.GetRunRequest;
import dev.pawl.v1.Run;
import dev.pawl.v1.RunStatus;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** Some runs that meet one disturbance together, and what came of them. */
final class CrashWave {
  private static final long REACH_MS = 6_000;
  private static final String CLAIM = "insert into resource ";
  private static final String STORED = "insert into resource_version ";
  private static final long QUIET_MS = 500;
  private static final long LOOK_AGAIN_MS = 20;
  private static final Set<RunStatus> ENDS =
      Set.of(
          RunStatus.RUN_STATUS_SUCCEEDED,
          RunStatus.RUN_STATUS_FAILED,
          RunStatus.RUN_STATUS_CANCELLED,
          RunStatus.RUN_STATUS_TIMED_OUT);

  private final CrashCell cell;
  private final CrashServers servers;
  private final AdversarialApi api;
  private final StalledWrites writes;
  private final CrashDatabase database;
  private final Map<String, CrashRun> runs = new LinkedHashMap<>();
  private final Gate gate = new Gate();
  private Set<String> disturbed = Set.of();
  private int crashes;

  CrashWave(CrashCell cell, CrashServers servers, AdversarialApi api, StalledWrites writes) {
    this.cell = cell;
    this.servers = servers;
    this.api = api;
    this.writes = writes;
    database = new CrashDatabase(servers.databaseUrl());
  }

  /** Brings the disturbance about, and returns when every run has ended. */
  CrashOutcome run(List<CrashRun> wanted) throws Exception {
    long begun = System.nanoTime();
    servers.complete();
    hold(wanted);
    for (CrashRun each : wanted) {
      runs.put(servers.any().execution().startRun(each.request()).getRun().getRunId(), each);
    }
    reach(wanted.size());
    switch (cell.signal()) {
      case KILL -> kill(servers.at(busiest()));
      case STOP -> pause(busiest());
      case POSTMASTER, PRIMARY, NODE, FROZEN_NODE -> {
        crashes = runs.size();
        loseDatabase();
      }
      case CUT_ANSWER, CUT_WRITE -> crashes = servers.postgres().proxy().cuts();
    }
    List<Run> ends = ends(servers.any());
    api.rules();
    CrashOutcome outcome = new CrashOutcome(cell, crashes, (System.nanoTime() - begun) / 1e9);
    for (Run run : ends) {
      CrashRun each = requireNonNull(runs.get(run.getRunId()));
      outcome.count(run, new CrashCheck(api, database).of(each, run, servers.any()));
    }
    return outcome;
  }

  /** Where most of the runs are executed, which lose their server now. */
  private String busiest() throws Exception {
    String address = database.executors(runs.keySet()).getFirst();
    crashes += database.runsAt(address, runs.keySet()).size();
    return address;
  }

  private void hold(Collection<CrashRun> wanted) throws Exception {
    disturbed = wanted.stream().map(CrashRun::disturbedInstance).collect(Collectors.toSet());
    if (cell.signal().isCut() && cell.point() == Point.CLAIMING) {
      servers.postgres().proxy().cut(cut(), CLAIM, CrashRun.STEPS * wanted.size());
    } else if (cell.point() == Point.CLAIMING) {
      for (CrashRun each : wanted) {
        writes.hold(each.disturbedInstance(), "CLAIMED");
      }
    }
    boolean before = cell.point() == Point.ARRIVED || cell.point() == Point.ANSWERED;
    boolean after = cell.point() == Point.COMMITTED;
    api.rules(new Rule(this::isFirstSend, cell.fault(), before ? gate : null, after ? gate : null));
  }

  private boolean isFirstSend(Request request) {
    return request.isPost() && disturbed.contains(request.name()) && api.posts(request.name()) == 1;
  }

  /** Waits for all to be at the point; on a busy machine some may have given up by then. */
  private void reach(int all) throws Exception {
    if (cell.signal().isCut()) {
      reachCut(all);
      return;
    }
    switch (cell.point()) {
      case CLAIMING -> within(REACH_MS, () -> writes.held() >= all);
      case ARRIVED, COMMITTED -> within(REACH_MS, () -> gate.held() >= all);
      case ANSWERED -> reachAnswered(all);
      case STARTED -> {}
      case RECORDED -> within(REACH_MS, () -> database.present(disturbed) >= all);
      case ENDED -> ends(servers.any());
    }
  }

  private void reachAnswered(int all) throws Exception {
    within(REACH_MS, () -> gate.held() >= all);
    for (String instance : disturbed) {
      for (String state : List.of("PRESENT", "IN_DOUBT", "ABSENT")) {
        writes.hold(instance, state);
      }
    }
    gate.open();
    within(REACH_MS, () -> writes.held() >= all);
  }

  /** A statement can carry several: each of them is then written again, and cut again. */
  private void reachCut(int all) throws Exception {
    CuttingProxy proxy = servers.postgres().proxy();
    if (cell.point() == Point.ANSWERED) {
      within(REACH_MS, () -> gate.held() >= all);
      proxy.cut(cut(), STORED, 2 * all);
    }
    gate.open();
    within(REACH_MS, () -> proxy.cuts() >= all);
  }

  private CuttingProxy.Cut cut() {
    return cell.signal() == Signal.CUT_ANSWER
        ? CuttingProxy.Cut.ANSWER
        : CuttingProxy.Cut.STATEMENT;
  }

  private void loseDatabase() throws Exception {
    servers.postgres().lose(cell.signal(), gate::open);
    writes.reconnect();
  }

  private void kill(CrashServers.One doomed) throws Exception {
    Gate again = new Gate();
    servers.kill(doomed);
    if (cell.second()) {
      Set<String> kinds =
          CrashRun.MODELS.stream().map(model -> model + "s").collect(Collectors.toSet());
      api.rules(
          new Rule(this::isFirstSend, cell.fault(), again, null),
          new Rule(r -> kinds.contains(r.kind()), Fault.NONE, again, null));
    }
    gate.open();
    writes.lose();
    if (cell.second()) {
      CrashServers.One heir = servers.any();
      within(4 * REACH_MS, () -> again.held() > 0);
      int held = -1;
      while (held != again.held()) {
        held = again.held();
        int now = held;
        within(QUIET_MS, () -> again.held() > now);
      }
      crashes += runs.size();
      servers.kill(heir);
      again.open();
      api.rules(new Rule(this::isFirstSend, cell.fault(), null, null));
      servers.complete();
    }
  }

  /** What the paused one had sent becomes durable; what it was about to record does not. */
  private void pause(String address) throws Exception {
    CrashServers.One paused = servers.at(address);
    List<String> lives = database.lives(address);
    paused.signal("STOP");
    gate.open();
    if (cell.point() == Point.CLAIMING) {
      writes.release();
    } else {
      writes.lose();
    }
    try {
      ends(servers.other(paused));
    } finally {
      paused.signal("CONT");
    }
    Await.until("the paused server has noticed", () -> !lives.containsAll(database.lives(address)));
  }

  private List<Run> ends(CrashServers.One server) throws Exception {
    List<Run> ends = new ArrayList<>();
    for (String id : runs.keySet()) {
      Await.until("the run " + id + " (" + cell + ") ends", () -> hasEnded(server, id));
      ends.add(server.execution().getRun(GetRunRequest.newBuilder().setRunId(id).build()).getRun());
    }
    return ends;
  }

  /** A server whose database is away answers UNAVAILABLE. */
  private boolean hasEnded(CrashServers.One server, String id) {
    try {
      GetRunRequest request = GetRunRequest.newBuilder().setRunId(id).build();
      return ENDS.contains(server.execution().getRun(request).getRun().getStatus());
    } catch (StatusRuntimeException e) {
      boolean away = cell.signal() == Signal.POSTMASTER || cell.signal().isFailover();
      if (away && e.getStatus().getCode() == Status.Code.UNAVAILABLE) {
        return false;
      }
      throw e;
    }
  }

  private static void within(long millis, Callable<Boolean> holds) throws Exception {
    long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
    while (!holds.call() && System.nanoTime() - end < 0) {
      CompletableFuture.runAsync(
              () -> {}, CompletableFuture.delayedExecutor(LOOK_AGAIN_MS, TimeUnit.MILLISECONDS))
          .join();
    }
  }

  /** Of each model as many, all disturbed in the same step. */
  static List<CrashRun> runs(String name, int perModel, int disturbed) {
    List<CrashRun> runs = new ArrayList<>();
    for (String model : CrashRun.MODELS) {
      for (int i = 0; i < perModel; i++) {
        runs.add(new CrashRun(model, name + "-" + model + "-" + i, disturbed));
      }
    }
    return runs;
  }
}
