package dev.pawl.campaign.api;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** All creates that reached the API, and all objects that it ever made. Nothing is taken out. */
public final class Ledger {
  private final List<Sent> sends = new ArrayList<>();
  private final List<Thing> things = new ArrayList<>();

  Sent sent(Instant at, String key, @Nullable String token) {
    int before = (int) sends.stream().filter(s -> s.key().equals(key)).count();
    Sent sent = new Sent(before + 1, at, key, token);
    sends.add(sent);
    return sent;
  }

  void made(Thing thing) {
    things.add(thing);
  }

  /** Every create, in order of arrival. */
  public List<Sent> sends() {
    return List.copyOf(sends);
  }

  public List<Sent> sends(String key) {
    return sends.stream().filter(s -> s.key().equals(key)).toList();
  }

  /** Every object, strangers' and removed ones included, in order of making. */
  public List<Thing> things() {
    return List.copyOf(things);
  }

  /** What the creates of a key have made, removed ones included. */
  public List<Thing> things(String key) {
    return things.stream().filter(t -> t.from() != null && t.from().key().equals(key)).toList();
  }

  /** Those of a key that exist at {@code now}. */
  public List<Thing> live(String key, Instant now) {
    return things(key).stream().filter(t -> t.livesAt(now)).toList();
  }
}
