package dev.pawl.server.wiring;

import dagger.Provides;
import dev.pawl.model.Pacer;
import dev.pawl.model.Timing;
import dev.pawl.server.api.EngineVerbs;
import dev.pawl.server.api.RunVerbs;
import dev.pawl.server.engine.ArchiveRun;
import dev.pawl.server.engine.AwaitRun;
import dev.pawl.server.engine.CancelRun;
import dev.pawl.server.engine.DecideApproval;
import dev.pawl.server.engine.EngineSettings;
import dev.pawl.server.engine.ExecuteMethod;
import dev.pawl.server.engine.PlanRetry;
import dev.pawl.server.engine.PlanRun;
import dev.pawl.server.engine.ReadRuns;
import dev.pawl.server.engine.RetryRun;
import dev.pawl.server.engine.SkipStep;
import dev.pawl.server.engine.StartRun;
import dev.pawl.server.engine.WatchRun;
import dev.pawl.server.models.Connections;
import dev.pawl.server.models.InvokeMethod;
import dev.pawl.server.models.LookAtObjects;
import dev.pawl.server.models.ModelRegistry;
import dev.pawl.server.models.Permissions;
import dev.pawl.server.models.PreviewCreate;
import dev.pawl.server.run.RunIds;
import dev.pawl.server.store.DataStore;
import dev.pawl.server.workflow.ModelCatalog;
import jakarta.inject.Singleton;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.random.RandomGenerator;

/** What the rooms are given from outside, and time and chance with it. */
@dagger.Module
final class ServerModule {
  private ServerModule() {}

  @Provides
  @Singleton
  static RandomGenerator random() {
    return new SecureRandom();
  }

  @Provides
  static Pacer pacer() {
    return Pacer.SYSTEM;
  }

  @Provides
  static Timing timing(EngineSettings settings) {
    return settings.timing();
  }

  @Provides
  static RunIds runIds(RandomGenerator random) {
    return new RunIds(InstantSource.system(), random);
  }

  @Provides
  static ModelCatalog catalog(ModelRegistry models) {
    return models;
  }

  @Provides
  @Singleton
  static InvokeMethod invokeMethod(
      ModelRegistry models,
      Connections connections,
      DataStore data,
      EngineSettings settings,
      Pacer pacer,
      Permissions permissions) {
    return new InvokeMethod(
        models,
        connections,
        caller -> caller.run().isEmpty() ? data : data.inRun(caller.run()),
        settings.timing(),
        pacer,
        permissions);
  }

  @Provides
  static PreviewCreate previewCreate(
      ModelRegistry models,
      Connections connections,
      DataStore data,
      EngineSettings settings,
      Pacer pacer) {
    return new PreviewCreate(models, connections, data, settings.timing(), pacer);
  }

  @Provides
  static LookAtObjects lookAtObjects(
      ModelRegistry models,
      Connections connections,
      DataStore data,
      EngineSettings settings,
      Pacer pacer) {
    return new LookAtObjects(models, connections, data, settings.timing(), pacer);
  }

  @Provides
  static RunVerbs verbs(
      StartRun startRun,
      RetryRun retryRun,
      CancelRun cancelRun,
      ArchiveRun archiveRun,
      SkipStep skipStep,
      ReadRuns readRuns,
      WatchRun watchRun,
      PlanRun planRun,
      PlanRetry planRetry,
      ExecuteMethod executeMethod,
      DecideApproval decideApproval,
      AwaitRun awaitRun) {
    return new EngineVerbs(
        startRun,
        retryRun,
        cancelRun,
        archiveRun,
        skipStep,
        readRuns,
        watchRun,
        planRun,
        planRetry,
        executeMethod,
        decideApproval,
        awaitRun);
  }
}
