package dev.pawl.server.api;

import com.google.protobuf.Duration;
import dev.pawl.model.Pacer;
import dev.pawl.model.Timing;
import dev.pawl.server.engine.AbandonClaim;
import dev.pawl.server.engine.AuditData;
import dev.pawl.server.engine.CheckCall;
import dev.pawl.server.engine.CheckWorkflow;
import dev.pawl.server.engine.ClaimForClient;
import dev.pawl.server.engine.CompleteClaim;
import dev.pawl.server.engine.CreateOrGet;
import dev.pawl.server.engine.EngineSettings;
import dev.pawl.server.engine.ForgetData;
import dev.pawl.server.engine.IdempotencyKeys;
import dev.pawl.server.engine.ImportResource;
import dev.pawl.server.engine.ListAudit;
import dev.pawl.server.engine.PutData;
import dev.pawl.server.engine.ReadData;
import dev.pawl.server.engine.RebuildData;
import dev.pawl.server.engine.RenewClaim;
import dev.pawl.server.engine.ResolveResource;
import dev.pawl.server.engine.SplitIdentity;
import dev.pawl.server.models.Connections;
import dev.pawl.server.models.InvokeMethod;
import dev.pawl.server.models.LookAtObjects;
import dev.pawl.server.models.ModelRegistry;
import dev.pawl.server.store.DataStore;
import dev.pawl.server.store.Idempotency;
import dev.pawl.server.store.postgres.TestDatabase;
import dev.pawl.v1.AbandonRequest;
import dev.pawl.v1.ClaimGrant;
import dev.pawl.v1.ClaimMode;
import dev.pawl.v1.ClaimRequest;
import dev.pawl.v1.CompleteRequest;
import dev.pawl.v1.CompleteResponse;
import dev.pawl.v1.Data;
import dev.pawl.v1.DataRepositoryServiceGrpc;
import dev.pawl.v1.DataRepositoryServiceGrpc.DataRepositoryServiceBlockingStub;
import dev.pawl.v1.DeleteDataRequest;
import dev.pawl.v1.DeleteDataResponse;
import dev.pawl.v1.GetDataRequest;
import dev.pawl.v1.RenewRequest;
import dev.pawl.v1.ResourceKey;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** The data repository's API on a real database, and a client of it. */
abstract class DataApi {
  /** Short, so that a doubt may be proven unfounded within a test. */
  static final Timing TIMING =
      new Timing(
          java.time.Duration.ofSeconds(5),
          java.time.Duration.ofSeconds(1),
          java.time.Duration.ofMillis(200),
          java.time.Duration.ofMillis(10),
          java.time.Duration.ofSeconds(1),
          java.time.Duration.ofSeconds(5),
          java.time.Duration.ofSeconds(5));

  static TestDatabase database;
  static Wire wire;
  static DataRepositoryServiceBlockingStub stub;

  @BeforeAll
  static void serve() {
    database = TestDatabase.create();
    wire = new Wire(api(TIMING, Idempotency.RETENTION));
    stub = DataRepositoryServiceGrpc.newBlockingStub(wire.channel);
  }

  static DataRepositoryApi api(Timing timing, java.time.Duration retention) {
    return api(
        database, timing, retention, new ModelRegistry(Map.of()), new Connections(List.of()));
  }

  static DataRepositoryApi api(
      TestDatabase database,
      Timing timing,
      java.time.Duration retention,
      ModelRegistry models,
      Connections connections) {
    DataStore data = database.store().data();
    InvokeMethod invoke =
        new InvokeMethod(models, connections, caller -> data, timing, Pacer.SYSTEM);
    EngineSettings settings =
        new EngineSettings(
            "executor",
            "127.0.0.1:1",
            timing,
            EngineSettings.HEARTBEAT,
            EngineSettings.RECOVER_TASKS_TIMEOUT,
            EngineSettings.Recovery.BY_WORKFLOW,
            1,
            EngineSettings.DatabaseUse.SHARED,
            retention);
    ReadData read = new ReadData(data);
    SplitIdentity split = new SplitIdentity(models);
    LookAtObjects look = new LookAtObjects(models, connections, data, timing, Pacer.SYSTEM);
    return new DataRepositoryApi(
        new CreateOrGet(new CheckCall(models), invoke, data),
        new ClaimForClient(data, timing, Pacer.SYSTEM),
        new CompleteClaim(data),
        new AbandonClaim(data),
        new RenewClaim(data),
        read,
        new ForgetData(data, timing),
        new PutData(data, read, split, new IdempotencyKeys(database.store().keys(), settings)),
        new ListAudit(database.store().audit()),
        new DataCare(
            new ResolveResource(data, look, split, timing),
            new ImportResource(data, look, models),
            new RebuildData(new CheckWorkflow(models), models, look, data),
            new AuditData(data, look, models),
            read,
            new OpenStreams()));
  }

  @AfterAll
  static void stop() {
    wire.close();
    database.close();
  }

  static Data abandon(ClaimGrant grant) {
    return stub.abandon(abandonRequest(grant)).getData();
  }

  static AbandonRequest abandonRequest(ClaimGrant grant) {
    return AbandonRequest.newBuilder()
        .setClaimToken(grant.getClaimToken())
        .setReason("connection refused")
        .build();
  }

  static Object renew(ClaimGrant grant) {
    return stub.renew(RenewRequest.newBuilder().setClaimToken(grant.getClaimToken()).build());
  }

  static CompleteResponse complete(ClaimGrant grant, String data, String id) {
    return stub.complete(
        CompleteRequest.newBuilder()
            .setClaimToken(grant.getClaimToken())
            .setDataJson(data)
            .setExternalId(id)
            .build());
  }

  static DeleteDataResponse delete(String instance) {
    return stub.deleteData(DeleteDataRequest.newBuilder().setKey(key(instance)).build());
  }

  static Data get(String instance) {
    return stub.getData(GetDataRequest.newBuilder().setKey(key(instance)).build()).getData();
  }

  static ClaimRequest create(String instance) {
    return create(instance, 30);
  }

  static ClaimRequest create(String instance, int leaseSeconds) {
    return ClaimRequest.newBuilder()
        .setKey(key(instance))
        .setFingerprint("f1")
        .setAccount("acme")
        .setLease(seconds(leaseSeconds))
        .build();
  }

  static ClaimRequest reconcile(String instance) {
    return create(instance).toBuilder().setMode(ClaimMode.CLAIM_MODE_RECONCILE).build();
  }

  static ClaimRequest with(ResourceKey key) {
    return ClaimRequest.newBuilder().setKey(key).build();
  }

  static ResourceKey key(String instance) {
    return ResourceKey.newBuilder().setModelType("acme/thing").setInstance(instance).build();
  }

  static Duration seconds(long seconds) {
    return Duration.newBuilder().setSeconds(seconds).build();
  }
}
