package dev.pawl.bench;

import dev.pawl.cli.e2e.AdversarialApi;
import dev.pawl.cli.e2e.AdversarialApi.Fault;
import dev.pawl.cli.e2e.AdversarialApi.Request;
import dev.pawl.cli.e2e.AdversarialApi.Rule;
import dev.pawl.cli.e2e.Gate;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Kills each system's process at named points of five POSTs, and counts what the API then has. */
public final class CrashPeers {
  private static final int STEPS = 5;
  private static final Duration LATENESS = Duration.ofMillis(500);
  private static final Duration QUIET = Duration.ofMillis(700);
  private static final Duration BOUND = Duration.ofSeconds(90);

  private final Peer peer;
  private final AdversarialApi api;
  private final int size;

  private CrashPeers(Peer peer, AdversarialApi api, int size) {
    this.peer = peer;
    this.api = api;
    this.size = size;
  }

  /**
   * Prints a table row by row.
   *
   * @param args the checkout, a folder to work in, waves per point, workflows per wave, systems
   */
  public static void main(String[] args) throws Exception {
    Path root = Path.of(args[0]).toAbsolutePath().normalize();
    Path home = Files.createTempDirectory(Path.of(args[1]), "crash-peers-");
    List<String> titles = new ArrayList<>(List.of("system", "killed"));
    titles.addAll(Cell.titles());
    row(titles);
    row(titles.stream().map(t -> titles.indexOf(t) < 2 ? "---" : "---:").toList());
    for (String system : args[4].split(",")) {
      try (AdversarialApi api = new AdversarialApi(LATENESS);
          Peer peer = peer(system, api, root, home.resolve(system))) {
        new CrashPeers(peer, api, Integer.parseInt(args[3])).campaign(Integer.parseInt(args[2]));
      }
    }
    System.exit(0);
  }

  private static Peer peer(String system, AdversarialApi api, Path root, Path home)
      throws Exception {
    return switch (system) {
      case "pawl" -> new PawlPeer("Pawl", List.of("card", "server", "pipe"), api, root, home);
      case "pawl-key" -> new PawlPeer("Pawl, idempotency key", List.of("card"), api, root, home);
      case "pawl-marker" -> new PawlPeer("Pawl, marker", List.of("server"), api, root, home);
      case "pawl-name" -> new PawlPeer("Pawl, natural key", List.of("pipe"), api, root, home);
      case "dbos" -> new DbosPeer(false, api, root, home);
      case "dbos-key" -> new DbosPeer(true, api, root, home);
      case "restate" -> new RestatePeer(false, api, root, home);
      case "restate-key" -> new RestatePeer(true, api, root, home);
      default -> throw new IllegalArgumentException("no such system: " + system);
    };
  }

  private static void row(List<String> cells) {
    System.out.println("| " + String.join(" | ", cells) + " |");
  }

  private void campaign(int waves) throws Exception {
    peer.start();
    for (int i = 0; i < peer.kinds().size(); i++) {
      String id = "warm-" + i;
      peer.submit(id);
      Until.holds("a workflow succeeds undisturbed", () -> peer.end(id) == Peer.End.SUCCEEDED);
    }
    for (Point point : Point.values()) {
      Cell cell = new Cell();
      for (int wave = 0; wave < waves; wave++) {
        wave(point, wave, cell);
      }
      List<String> cells = new ArrayList<>(List.of(peer.name(), point.words));
      cells.addAll(cell.cells());
      row(cells);
    }
  }

  /** Some workflows, all held at the point in the same step, and one kill for all of them. */
  private void wave(Point point, int wave, Cell cell) throws Exception {
    List<String> ids =
        IntStream.range(0, size)
            .mapToObj(i -> point.name().toLowerCase().replace('_', '-') + "-" + wave + "-" + i)
            .toList();
    Set<String> steps =
        ids.stream().map(id -> id + "-s" + (1 + 2 * wave % STEPS)).collect(Collectors.toSet());
    Gate gate = new Gate();
    hold(point, steps, gate);
    for (String id : ids) {
      peer.submit(id);
    }
    if (point.kills > 0) {
      Until.holds(
          point + " is reached by all of " + ids,
          () -> gate.held() + (isInside(point) ? peer.holds().held() : 0) >= size);
      killed(point, gate);
      if (point.kills > 1) {
        again(steps);
      }
      peer.start();
    }
    Until.within(BOUND, () -> haveEnded(ids));
    api.rules();
    for (String id : ids) {
      cell.count(id, point, peer.end(id), api);
    }
  }

  private static boolean isInside(Point point) {
    return point == Point.BEFORE_SEND || point == Point.ANSWERED;
  }

  private void hold(Point point, Set<String> steps, Gate gate) throws Exception {
    switch (point) {
      case BEFORE_SEND -> {
        for (String step : steps) {
          peer.holds().beforeSend(step);
        }
      }
      case ANSWERED -> {
        for (String step : steps) {
          peer.holds().answered(step);
        }
      }
      case ARRIVED -> api.rules(new Rule(r -> isSend(r, steps), Fault.NONE, gate, null));
      case COMMITTED, RECOVERING ->
          api.rules(new Rule(r -> isSend(r, steps), Fault.NONE, null, gate));
      case LOST ->
          api.rules(
              new Rule(
                  r -> isSend(r, steps) && api.posts(r.name()) == 1, Fault.LOST, null, null));
    }
  }

  private static boolean isSend(Request request, Set<String> steps) {
    return request.isPost() && steps.contains(request.name());
  }

  private void killed(Point point, Gate gate) throws Exception {
    peer.kill();
    gate.drop();
    if (isInside(point)) {
      peer.holds().lose();
    }
    api.rules();
  }

  /** The restarted process is killed over the first that it asks the API, once no more comes. */
  private void again(Set<String> steps) throws Exception {
    Gate gate = new Gate();
    Set<String> kinds = peer.kinds();
    api.rules(
        new Rule(
            r -> r.isPost() ? steps.contains(r.name()) : kinds.contains(r.kind()),
            Fault.NONE,
            null,
            gate));
    peer.start();
    Until.holds("it asks again", () -> gate.held() > 0);
    Callable<Boolean> more = moreThan(gate);
    while (gate.held() < size && Until.within(QUIET, more)) {
      more = moreThan(gate);
    }
    killed(Point.RECOVERING, gate);
  }

  private static Callable<Boolean> moreThan(Gate gate) {
    int before = gate.held();
    return () -> gate.held() > before;
  }

  private boolean haveEnded(List<String> ids) throws Exception {
    for (String id : ids) {
      if (peer.end(id) == null) {
        return false;
      }
    }
    return true;
  }
}
