package dev.pawl.bench;

import dev.pawl.cli.e2e.AdversarialApi;
import dev.pawl.cli.e2e.AdversarialApi.Fault;
import dev.pawl.cli.e2e.AdversarialApi.Request;
import dev.pawl.cli.e2e.AdversarialApi.Rule;
import dev.pawl.cli.e2e.Gate;
import java.util.HashSet;
import java.util.Set;

/** Holds a step whose body asks the harness before it sends and after it has the answer. */
final class Hooks implements Peer.Holds {
  private final AdversarialApi api;
  private final Set<String> paths = new HashSet<>();
  private Gate gate = new Gate();

  Hooks(AdversarialApi api) {
    this.api = api;
  }

  @Override
  public void beforeSend(String step) {
    hold("before-send/" + step);
  }

  @Override
  public void answered(String step) {
    hold("answered/" + step);
  }

  private void hold(String path) {
    paths.add(path);
    Set<String> now = Set.copyOf(paths);
    api.rules(new Rule(request -> isHeld(request, now), Fault.NONE, gate, null));
  }

  private static boolean isHeld(Request request, Set<String> paths) {
    return request.kind().equals("hook") && paths.contains(request.name());
  }

  @Override
  public int held() {
    return gate.held();
  }

  @Override
  public void lose() {
    gate.drop();
    gate = new Gate();
    paths.clear();
    api.rules();
  }
}
