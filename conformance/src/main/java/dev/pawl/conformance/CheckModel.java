package dev.pawl.conformance;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pawl.conformance.CheckResult.Result;
import dev.pawl.model.Json;
import dev.pawl.model.MethodException;
import dev.pawl.model.MethodResult;
import dev.pawl.model.Model;
import dev.pawl.model.Outcome;
import dev.pawl.model.http.HttpConnection;
import dev.pawl.model.rest.IdentityPart;
import dev.pawl.model.rest.Listing;
import dev.pawl.model.rest.Operation;
import dev.pawl.model.rest.Reconcile;
import dev.pawl.model.rest.RestResource;
import dev.pawl.model.testkit.InMemoryDataRepository;
import dev.pawl.model.testkit.TestContext;
import dev.pawl.model.testkit.VirtualTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Runs all checks of one model. */
final class CheckModel {
  private final Model model;
  private final RestResource resource;
  private final Simulator simulator;
  private final VirtualTime time;
  private int instances;

  /**
   * @param resource what the model says of its API
   */
  CheckModel(Model model, RestResource resource, Simulator simulator, VirtualTime time) {
    this.model = model;
    this.resource = resource;
    this.simulator = simulator;
    this.time = time;
  }

  Verdict run() throws InterruptedException {
    List<CheckResult> out = new ArrayList<>();
    for (Check check : Check.values()) {
      out.add(run(check));
      simulator.disarm();
      for (String path : simulator.paths()) {
        simulator.remove(path);
      }
    }
    return new Verdict(model.descriptor().type(), out);
  }

  private CheckResult run(Check check) throws InterruptedException {
    try (HttpConnection http = new HttpConnection(simulator.connection(resource.api()))) {
      Trial trial = new Trial(model, resource, simulator, time, http, ++instances * 10);
      switch (check) {
        case ONCE -> trial.once();
        case RECREATED -> trial.recreated();
        case DOUBTFUL_READ -> trial.doubtfulRead();
        case LOST_ANSWER -> trial.lostAnswer();
        case LOST_REQUEST -> trial.lostRequest();
        case RACE -> new Race(trial).run();
      }
      return new CheckResult(check, Result.PASSED, "");
    } catch (Broken e) {
      return new CheckResult(check, e.result(), String.valueOf(e.getMessage()));
    } catch (MethodException e) {
      return new CheckResult(
          check, Result.UNPROVEN, e.failure().reason() + ": " + e.failure().message());
    }
  }

  /** One check in the making: an instance of its own, and what has been sent for it. */
  static final class Trial {
    private static final int FAULTS = 50;

    private final Model model;
    private final RestResource resource;
    private final Simulator simulator;
    private final RecordingConnection connection;
    private final TestContext context;
    private final ObjectNode arguments;

    Trial(
        Model model,
        RestResource resource,
        Simulator simulator,
        VirtualTime time,
        HttpConnection http,
        int number) {
      this.model = model;
      this.resource = resource;
      this.simulator = simulator;
      this.connection = new RecordingConnection(http, resource.create().method());
      this.context =
          TestContext.of(resource.type(), "one-" + number)
              .repository(new InMemoryDataRepository(time), time)
              .connection(connection)
              .build();
      this.arguments = arguments(number);
    }

    private ObjectNode arguments(int number) {
      Set<String> needed = new TreeSet<>();
      Set<String> distinct = new TreeSet<>();
      for (IdentityPart part : resource.identity()) {
        if (part.source() == IdentityPart.Source.REQUEST) {
          needed.add(part.pointer());
          distinct.add(part.pointer().substring(1));
        }
      }
      if (resource.reconcile().withoutToken() instanceof Reconcile.NaturalKey natural) {
        needed.addAll(natural.fields());
      }
      return new SampleArguments(
              model.descriptor().method("create").orElseThrow().argumentsSchema(), number, distinct)
          .with(needed);
    }

    TestContext context() {
      return context;
    }

    MethodResult create(TestContext in) throws MethodException, InterruptedException {
      return model.invoke("create", arguments.deepCopy(), in);
    }

    int sent() {
      return connection.sent();
    }

    /** Where the one thing that was made is. */
    String made() throws InterruptedException {
      List<String> paths = simulator.paths();
      Broken.unless(
          paths.size() < 2, Result.FAILED, "it made " + paths.size() + " objects: " + paths);
      Broken.unless(
          paths.size() == 1,
          Result.UNPROVEN,
          "the simulator does not take " + resource.create().describe() + " for a create");
      return paths.get(0);
    }

    void once() throws MethodException, InterruptedException {
      Outcome first = create(context).outcome();
      made();
      Broken.unless(first == Outcome.CREATED, Result.FAILED, "the first create was " + first);
      Outcome second = create(context).outcome();
      made();
      Broken.unless(sent() == 1, Result.FAILED, "two creates sent " + sent() + " requests");
      boolean found = second == Outcome.VERIFIED || second == Outcome.REUSED;
      Broken.unless(found, Result.FAILED, "the second create was " + second);
    }

    void recreated() throws MethodException, InterruptedException {
      once();
      Broken.unless(read() != null, Result.UNPROVEN, "nothing reads it back");
      String path = made();
      Broken.unless(simulator.remove(path), Result.UNPROVEN, "the simulator cannot remove " + path);
      Outcome again = create(context).outcome();
      Broken.unless(
          again == Outcome.RECREATED, Result.FAILED, "after it was deleted, create was " + again);
      made();
      Outcome then = create(context).outcome();
      Broken.unless(then == Outcome.VERIFIED, Result.FAILED, "and the create after that " + then);
      Broken.unless(sent() == 2, Result.FAILED, "it sent " + sent() + " requests instead of 2");
    }

    private @Nullable Operation read() {
      Listing listing = resource.listing();
      return resource.get() != null ? resource.get() : listing == null ? null : listing.operation();
    }

    void doubtfulRead() throws MethodException, InterruptedException {
      Operation read = read();
      create(context);
      made();
      if (read == null) {
        create(context);
        Broken.unless(sent() == 1, Result.FAILED, "two creates sent " + sent() + " requests");
        return;
      }
      doubtful(read, status(500));
      doubtful(read, status(403));
      doubtful(read, status(404).put("contentType", "text/html").put("body", "<h1>none</h1>"));
    }

    private static ObjectNode status(int code) {
      return Json.object().put("fault", "status").put("status", code).put("times", FAULTS);
    }

    private void doubtful(Operation read, ObjectNode fault) throws InterruptedException {
      simulator.arm("GET", read.path(), fault);
      String words = "a read that answers " + fault.path("status").asText();
      try {
        Outcome outcome = create(context).outcome();
        Broken.unless(sent() == 1, Result.FAILED, words + " made it send again: " + outcome);
        throw new Broken(Result.FAILED, words + " did not stop it: " + outcome);
      } catch (MethodException e) {
        Broken.unless(sent() == 1, Result.FAILED, words + " made it send again");
      }
      simulator.disarm();
      made();
    }

    void lostAnswer() throws MethodException, InterruptedException {
      simulator.arm(
          resource.create().method(),
          resource.create().path(),
          Json.object().put("fault", "drop-after-commit").put("times", 1));
      boolean open = resource.reconcile() instanceof Reconcile.None;
      try {
        Outcome outcome = create(context).outcome();
        made();
        Broken.unless(!open, Result.FAILED, "nothing can resolve it, and it says " + outcome);
        Outcome then = create(context).outcome();
        boolean found = then == Outcome.VERIFIED || then == Outcome.REUSED;
        Broken.unless(found, Result.FAILED, "resolved, the next create was " + then);
      } catch (MethodException e) {
        made();
        Broken.unless(open, Result.UNPROVEN, "it stayed in doubt: " + e.failure().message());
        again();
      }
      made();
      boolean repeats = resource.reconcile() instanceof Reconcile.Key;
      Broken.unless(
          repeats || sent() == 1, Result.FAILED, "it sent " + sent() + " requests instead of 1");
    }

    void lostRequest() throws InterruptedException, MethodException {
      simulator.arm(
          resource.create().method(),
          resource.create().path(),
          Json.object().put("fault", "drop-before-commit").put("times", 1));
      try {
        create(context);
        made();
      } catch (MethodException e) {
        again();
        List<String> paths = simulator.paths();
        Broken.unless(paths.size() < 2, Result.FAILED, "it made " + paths);
      }
    }

    private void again() throws InterruptedException {
      try {
        create(context);
      } catch (MethodException e) {
        // In doubt still: what counts is what exists.
      }
    }
  }
}
