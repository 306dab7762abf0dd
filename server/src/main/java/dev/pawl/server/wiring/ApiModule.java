package dev.pawl.server.wiring;

import dagger.Binds;
import dagger.multibindings.IntoSet;
import dev.pawl.server.api.DataRepositoryApi;
import dev.pawl.server.api.ExecutionApi;
import dev.pawl.server.api.ModelApi;
import dev.pawl.server.api.WorkflowApi;
import io.grpc.BindableService;

/** The wire API on top of the engine. */
@dagger.Module
interface ApiModule {
  @Binds
  @IntoSet
  BindableService execution(ExecutionApi api);

  @Binds
  @IntoSet
  BindableService data(DataRepositoryApi api);

  @Binds
  @IntoSet
  BindableService workflow(WorkflowApi api);

  @Binds
  @IntoSet
  BindableService model(ModelApi api);
}
