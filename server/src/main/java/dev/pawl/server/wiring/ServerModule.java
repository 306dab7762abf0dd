package dev.pawl.server.wiring;

import dagger.Provides;
import dev.pawl.model.Pacer;
import dev.pawl.server.engine.EngineSettings;
import dev.pawl.server.models.Connections;
import dev.pawl.server.models.InvokeMethod;
import dev.pawl.server.models.ModelRegistry;
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
      Pacer pacer) {
    return new InvokeMethod(models, connections, data, settings.timing(), pacer);
  }
}
