package dev.pawl.server.api;

import dev.pawl.model.Timing;
import dev.pawl.model.http.ConnectionSettings;
import dev.pawl.model.rest.ApiDescriptor;
import dev.pawl.model.rest.Reconcile;
import dev.pawl.server.models.Connections;
import dev.pawl.server.models.ModelRegistry;
import dev.pawl.server.store.Idempotency;
import dev.pawl.server.store.postgres.TestDatabase;
import dev.pawl.v1.AdoptObject;
import dev.pawl.v1.AuditDataRequest;
import dev.pawl.v1.AuditDataResponse;
import dev.pawl.v1.AuditFinding;
import dev.pawl.v1.CreateOrGetRequest;
import dev.pawl.v1.CreateOrGetResponse;
import dev.pawl.v1.Data;
import dev.pawl.v1.DataRepositoryServiceGrpc;
import dev.pawl.v1.DataRepositoryServiceGrpc.DataRepositoryServiceBlockingStub;
import dev.pawl.v1.DeclareAbsent;
import dev.pawl.v1.DeleteDataRequest;
import dev.pawl.v1.GetDataRequest;
import dev.pawl.v1.ImportResourceRequest;
import dev.pawl.v1.ImportResourceResponse;
import dev.pawl.v1.ResolveResourceRequest;
import dev.pawl.v1.ResolveResourceResponse;
import dev.pawl.v1.ResourceKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A server with models of an API on loopback, on a database of its own for each test. */
abstract class CareApi {
  static final String PLAIN = "shop/plain";
  static final String MARKED = "shop/marked";
  static final String NAMED = "shop/named";
  static final String ALIKE = "shop/alike";

  /** Nothing waits for these; a busy machine must not make doubts of its own. */
  private static final Timing TIMING =
      new Timing(
          Duration.ofSeconds(30),
          Duration.ofSeconds(15),
          Duration.ofMillis(200),
          Duration.ofMillis(10),
          Duration.ofSeconds(15),
          Duration.ofSeconds(5),
          Duration.ofSeconds(5));

  static final ModelRegistry MODELS =
      new ModelRegistry(
          Map.of(
              PLAIN, ThingsApi.model(PLAIN, new Reconcile.None()),
              MARKED,
                  ThingsApi.model(
                      MARKED, new Reconcile.Marker("/tags", Reconcile.Marker.Shape.STRINGS)),
              NAMED, ThingsApi.model(NAMED, new Reconcile.ClientId()),
              ALIKE, ThingsApi.model(ALIKE, new Reconcile.NaturalKey(List.of("/name"), ""))));

  /** A server and a client of it. */
  static final class Served implements AutoCloseable {
    final TestDatabase database = TestDatabase.create();
    private final Connections connections;
    private final Wire wire;
    final DataRepositoryServiceBlockingStub stub;

    Served(ThingsApi api) {
      // All test databases are copies of one.
      database.execute("update installation set installation_id = gen_random_uuid()");
      connections =
          new Connections(
              List.of(
                  new ConnectionSettings(
                      "shop",
                      api.url(),
                      "acme",
                      ApiDescriptor.Auth.NONE,
                      null,
                      ConnectionSettings.CONNECT_TIMEOUT)));
      wire = new Wire(DataApi.api(database, TIMING, Idempotency.RETENTION, MODELS, connections));
      stub = DataRepositoryServiceGrpc.newBlockingStub(wire.channel);
    }

    String installationId() {
      return database.store().data().installationId();
    }

    CreateOrGetResponse create(String type, String instance, String argumentsJson) {
      return stub.createOrGet(
          CreateOrGetRequest.newBuilder()
              .setKey(key(type, instance))
              .setArgumentsJson(argumentsJson)
              .build());
    }

    Data get(String type, String instance) {
      return stub.getData(GetDataRequest.newBuilder().setKey(key(type, instance)).build())
          .getData();
    }

    void forget(String type, String instance) {
      stub.deleteData(DeleteDataRequest.newBuilder().setKey(key(type, instance)).build());
    }

    ResolveResourceResponse adopt(String type, String instance, String id) {
      return stub.resolveResource(adoption(type, instance, id).build());
    }

    ResolveResourceResponse absent(String type, String instance) {
      return stub.resolveResource(
          ResolveResourceRequest.newBuilder()
              .setKey(key(type, instance))
              .setAbsent(DeclareAbsent.getDefaultInstance())
              .setReason("not in the console")
              .build());
    }

    ImportResourceResponse imports(String type, String instance, String id) {
      return stub.importResource(
          ImportResourceRequest.newBuilder().setKey(key(type, instance)).setExternalId(id).build());
    }

    List<AuditDataResponse> audit(String type) {
      List<AuditDataResponse> findings = new ArrayList<>();
      stub.auditData(AuditDataRequest.newBuilder().setModelType(type).build())
          .forEachRemaining(findings::add);
      return findings;
    }

    List<AuditFinding> kinds(String type) {
      return audit(type).stream().map(AuditDataResponse::getFinding).toList();
    }

    @Override
    public void close() {
      wire.close();
      connections.close();
      database.close();
    }
  }

  final ThingsApi api = new ThingsApi();
  Served served;

  @BeforeEach
  void serve() {
    served = new Served(api);
  }

  @AfterEach
  void stop() {
    served.close();
    api.close();
  }

  /** A create whose answer was lost; nothing can find out what became of it. */
  void doubt(String instance) {
    api.losesAnswers(true);
    Wire.Refusal lost =
        Wire.refusal(() -> served.create(PLAIN, instance, "{\"name\":\"" + instance + "\"}"));
    api.losesAnswers(false);
    org.assertj.core.api.Assertions.assertThat(lost.info().getReason()).isEqualTo("IN_DOUBT");
  }

  static ResolveResourceRequest.Builder adoption(String type, String instance, String id) {
    return ResolveResourceRequest.newBuilder()
        .setKey(key(type, instance))
        .setAdopt(AdoptObject.newBuilder().setExternalId(id))
        .setReason("seen in the console");
  }

  static ResourceKey key(String type, String instance) {
    return ResourceKey.newBuilder().setModelType(type).setInstance(instance).build();
  }
}
