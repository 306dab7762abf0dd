package dev.pawl.campaign.process;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.ObjIntConsumer;

/** The processes of one case, one after the other, or beside each other where one was stopped. */
public final class Lives {
  private final Processes processes = new Processes();
  private List<Trouble> troubles;
  private final Duration lease;
  private final Consumer<Life> program;
  private final ObjIntConsumer<Life> delete;
  private final List<Life> lives = new ArrayList<>();
  private final List<Throwable> unexpected = new ArrayList<>();
  private final List<String> trace = new ArrayList<>();

  /**
   * Nothing runs yet.
   *
   * @param troubles what happens to which process
   * @param lease after so long a process that does nothing is taken for dead
   * @param program what each process does
   * @param delete deletes the resource of a step through Pawl
   */
  public Lives(
      List<Trouble> troubles, Duration lease, Consumer<Life> program, ObjIntConsumer<Life> delete) {
    this.troubles = List.copyOf(troubles);
    this.lease = lease;
    this.program = program;
    this.delete = delete;
  }

  public Processes processes() {
    return processes;
  }

  /** All that have begun, in order. */
  public List<Life> all() {
    return List.copyOf(lives);
  }

  /** What ended a process though nothing should have. */
  public List<Throwable> unexpected() {
    return List.copyOf(unexpected);
  }

  /** Process and event, in order. */
  public List<String> trace() {
    return List.copyOf(trace);
  }

  /** The first event of a process at a place; 0 where it never came there. */
  public int firstAt(int process, String point) {
    for (String line : trace) {
      int cut = line.indexOf(' ');
      if (line.startsWith(process + ":") && line.substring(cut + 1).equals(point)) {
        return Integer.parseInt(line.substring(line.indexOf(':') + 1, cut));
      }
    }
    return 0;
  }

  void trace(Life life, String point) {
    trace.add(life.number() + ":" + life.events() + " " + point);
  }

  /** Runs the next process, and those that it makes necessary, to the end. */
  public Life runNext() {
    Life life = next();
    processes.run(self -> live(life, self, program));
    return life;
  }

  /** Nothing happens for a while. */
  public void wait(Duration time) {
    processes.time().advance(time);
  }

  /** From now on nothing happens to any process. */
  public void endTroubles() {
    troubles = List.of();
  }

  private Life next() {
    int number = lives.size() + 1;
    Life life =
        new Life(this, number, troubles.stream().filter(t -> t.process() == number).toList());
    lives.add(life);
    return life;
  }

  private void live(Life life, Processes.Process self, Consumer<Life> what) {
    life.begin(self);
    try {
      what.accept(life);
    } catch (Death e) {
      trace.add(life.number() + ": dead");
    } catch (Throwable e) {
      unexpected.add(e);
    }
  }

  /** Somebody takes over from one that seems dead. */
  void succeed(Life stopped) {
    if (lives.get(lives.size() - 1) == stopped) {
      Life successor = next();
      processes.start(lease.plusSeconds(1), self -> live(successor, self, program));
    }
  }

  void wakePredecessor(Life life) {
    if (life.number() > 1) {
      lives.get(life.number() - 2).wakeIfUntil(life.events());
    }
  }

  void deletes(int step) {
    Life person = new Life(this, 0, List.of());
    processes.start(Duration.ZERO, self -> live(person, self, l -> delete.accept(l, step)));
  }
}
