package dev.pawl.server.engine;

import dev.pawl.model.Pacer;
import dev.pawl.server.files.WorkspaceFolders;
import dev.pawl.server.models.InvokeMethod;
import dev.pawl.server.models.PreviewCreate;
import dev.pawl.server.run.RunIds;
import dev.pawl.server.store.CheckpointStore;
import dev.pawl.server.store.DataStore;
import dev.pawl.server.store.RunStore;
import dev.pawl.server.store.WorkspaceStore;
import dev.pawl.server.workflow.ModelCatalog;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.random.RandomGenerator;

/** What every run's execution needs and shares. */
@Singleton
final class EngineParts {
  private final EngineSettings settings;
  private final CheckWorkflow check;
  private final FindWorkflow find;
  private final RunStore store;
  private final DataStore data;
  private final CheckpointStore checkpoints;
  private final WorkspaceStore workspaces;
  private final WorkspaceFolders folders;
  private final CollectFiles collect;
  private final ModelCatalog models;
  private final InvokeMethod invoke;
  private final PreviewCreate preview;
  private final RunBell bell;
  private final Pacer pacer;
  private final RandomGenerator random;
  private final Timers timers;
  private final RunIds ids;
  private final News news;
  private final EndedRuns ended;
  private final Executor threads = Executors.newVirtualThreadPerTaskExecutor();

  @Inject
  EngineParts(
      EngineSettings settings,
      CheckWorkflow check,
      FindWorkflow find,
      RunStore store,
      DataStore data,
      CheckpointStore checkpoints,
      WorkspaceStore workspaces,
      WorkspaceFolders folders,
      CollectFiles collect,
      ModelCatalog models,
      InvokeMethod invoke,
      PreviewCreate preview,
      RunBell bell,
      Pacer pacer,
      RandomGenerator random,
      Timers timers,
      RunIds ids,
      News news,
      EndedRuns ended) {
    this.settings = settings;
    this.check = check;
    this.find = find;
    this.store = store;
    this.data = data;
    this.checkpoints = checkpoints;
    this.workspaces = workspaces;
    this.folders = folders;
    this.collect = collect;
    this.models = models;
    this.invoke = invoke;
    this.preview = preview;
    this.bell = bell;
    this.pacer = pacer;
    this.random = random;
    this.timers = timers;
    this.ids = ids;
    this.news = news;
    this.ended = ended;
  }

  EngineSettings settings() {
    return settings;
  }

  CheckWorkflow check() {
    return check;
  }

  FindWorkflow find() {
    return find;
  }

  RunStore store() {
    return store;
  }

  DataStore data() {
    return data;
  }

  CheckpointStore checkpoints() {
    return checkpoints;
  }

  WorkspaceStore workspaces() {
    return workspaces;
  }

  WorkspaceFolders folders() {
    return folders;
  }

  CollectFiles collect() {
    return collect;
  }

  ModelCatalog models() {
    return models;
  }

  InvokeMethod invoke() {
    return invoke;
  }

  PreviewCreate preview() {
    return preview;
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

  /** A virtual thread for each task. */
  Executor threads() {
    return threads;
  }

  Timers timers() {
    return timers;
  }

  RunIds ids() {
    return ids;
  }

  News news() {
    return news;
  }

  /** For whoever starts them again. */
  EndedRuns ended() {
    return ended;
  }
}
