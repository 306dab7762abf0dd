package dev.pawl.server.wiring;

import dagger.BindsInstance;
import dagger.Component;
import dev.pawl.server.api.OpenStreams;
import dev.pawl.server.engine.ArchiveRun;
import dev.pawl.server.engine.CancelRun;
import dev.pawl.server.engine.DecideApproval;
import dev.pawl.server.engine.Engine;
import dev.pawl.server.engine.EngineSettings;
import dev.pawl.server.engine.ExecuteMethod;
import dev.pawl.server.engine.PlanRetry;
import dev.pawl.server.engine.PlanRun;
import dev.pawl.server.engine.PutWorkflow;
import dev.pawl.server.engine.ReadRuns;
import dev.pawl.server.engine.RetryRun;
import dev.pawl.server.engine.SkipStep;
import dev.pawl.server.engine.StartRun;
import dev.pawl.server.engine.WatchRun;
import dev.pawl.server.files.WorkspaceFolders;
import dev.pawl.server.models.Connections;
import dev.pawl.server.models.ModelRegistry;
import dev.pawl.server.models.Permissions;
import dev.pawl.server.store.AuditStore;
import dev.pawl.server.store.CheckpointStore;
import dev.pawl.server.store.DataStore;
import dev.pawl.server.store.ExecutorStore;
import dev.pawl.server.store.HistoryStore;
import dev.pawl.server.store.KeyStore;
import dev.pawl.server.store.RunStore;
import dev.pawl.server.store.WorkflowStore;
import dev.pawl.server.store.WorkspaceStore;
import io.grpc.BindableService;
import jakarta.inject.Singleton;
import java.util.Set;

/** The server's rooms, joined. */
@Singleton
@Component(modules = {ServerModule.class, ApiModule.class})
public interface ServerComponent {
  Engine engine();

  StartRun startRun();

  RetryRun retryRun();

  CancelRun cancelRun();

  ArchiveRun archiveRun();

  SkipStep skipStep();

  ReadRuns readRuns();

  WatchRun watchRun();

  PlanRun planRun();

  PlanRetry planRetry();

  ExecuteMethod executeMethod();

  PutWorkflow putWorkflow();

  DecideApproval decideApproval();

  /** The wire API's services. */
  Set<BindableService> services();

  OpenStreams streams();

  /** Takes what the rooms stand on. */
  @Component.Factory
  interface Factory {
    ServerComponent create(
        @BindsInstance EngineSettings settings,
        @BindsInstance RunStore runs,
        @BindsInstance ExecutorStore executors,
        @BindsInstance DataStore data,
        @BindsInstance KeyStore keys,
        @BindsInstance WorkflowStore workflows,
        @BindsInstance AuditStore audit,
        @BindsInstance CheckpointStore checkpoints,
        @BindsInstance WorkspaceStore workspaces,
        @BindsInstance HistoryStore history,
        @BindsInstance WorkspaceFolders folders,
        @BindsInstance ModelRegistry models,
        @BindsInstance Connections connections,
        @BindsInstance Permissions permissions);
  }
}
