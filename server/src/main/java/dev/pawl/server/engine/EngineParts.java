package dev.pawl.server.engine;

import dev.pawl.model.Pacer;
import dev.pawl.server.models.InvokeMethod;
import dev.pawl.server.store.DataStore;
import dev.pawl.server.store.RunStore;
import dev.pawl.server.workflow.ModelCatalog;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;

/** What every run's execution needs and shares. */
@Singleton
final class EngineParts {
  private static final Executor THREADS = Executors.newVirtualThreadPerTaskExecutor();
  private static final ScheduledExecutorService TIMERS =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("pawl-timers").factory());

  private final EngineSettings settings;
  private final CheckWorkflow check;
  private final RunStore store;
  private final DataStore data;
  private final ModelCatalog models;
  private final InvokeMethod invoke;
  private final RunBell bell;
  private final Pacer pacer;
  private final RandomGenerator random;

  @Inject
  EngineParts(
      EngineSettings settings,
      CheckWorkflow check,
      RunStore store,
      DataStore data,
      ModelCatalog models,
      InvokeMethod invoke,
      RunBell bell,
      Pacer pacer,
      RandomGenerator random) {
    this.settings = settings;
    this.check = check;
    this.store = store;
    this.data = data;
    this.models = models;
    this.invoke = invoke;
    this.bell = bell;
    this.pacer = pacer;
    this.random = random;
  }

  EngineSettings settings() {
    return settings;
  }

  CheckWorkflow check() {
    return check;
  }

  RunStore store() {
    return store;
  }

  DataStore data() {
    return data;
  }

  ModelCatalog models() {
    return models;
  }

  InvokeMethod invoke() {
    return invoke;
  }

  RunBell bell() {
    return bell;
  }

  Pacer pacer() {
    return pacer;
  }

  RandomGenerator random() {
    return random;
  }

  Executor threads() {
    return THREADS;
  }

  ScheduledFuture<?> after(Duration time, Runnable action) {
    return TIMERS.schedule(action, time.toMillis(), TimeUnit.MILLISECONDS);
  }
}
