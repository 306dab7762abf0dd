package dev.pawl.server.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pawl.model.Json;
import dev.pawl.model.MethodDescriptor;
import dev.pawl.model.MethodKind;
import dev.pawl.model.MethodResult;
import dev.pawl.model.Model;
import dev.pawl.model.ModelDescriptor;
import dev.pawl.model.Outcome;
import dev.pawl.server.engine.DescribeModels;
import dev.pawl.server.models.ModelRegistry;
import dev.pawl.v1.GetModelRequest;
import dev.pawl.v1.ListModelsRequest;
import dev.pawl.v1.ListModelsResponse;
import dev.pawl.v1.ModelServiceGrpc;
import dev.pawl.v1.ReconcileStrategy;
import dev.pawl.v1.VerifySource;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.reflection.v1.ServerReflectionGrpc;
import io.grpc.reflection.v1.ServerReflectionRequest;
import io.grpc.reflection.v1.ServerReflectionResponse;
import io.grpc.stub.StreamObserver;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class GrpcServerTest {
  private final Map<String, Model> models = new HashMap<>();

  private Wire wire() {
    for (String type : List.of("acme/anvil", "acme/rocket", "zeta/thing")) {
      models.put(type, model(type));
    }
    return new Wire(new ModelApi(new DescribeModels(new ModelRegistry(models))));
  }

  @Test
  void aTakenPortIsOnePlainSentence() {
    try (Wire wire = wire()) {
      int port = wire.server.port();
      assertThatThrownBy(() -> GrpcServer.start("127.0.0.1", port, List.of(), new OpenStreams()))
          .isInstanceOf(GrpcServer.StartFailed.class)
          .hasMessage(
              "the port 127.0.0.1:"
                  + port
                  + " is taken by another process; end that one, or choose another port with"
                  + " --port");
    }
  }

  @Test
  void anAddressOfAnotherMachineIsOnePlainSentence() {
    assertThatThrownBy(() -> GrpcServer.start("192.0.2.1", 0, List.of(), new OpenStreams()))
        .isInstanceOf(GrpcServer.StartFailed.class)
        .hasMessageStartingWith("the server cannot listen on 192.0.2.1:0: ")
        .hasMessageContaining("assign");
  }

  @Test
  void healthIsToldForTheWholeAndForEachService() {
    try (Wire wire = wire()) {
      var health = HealthGrpc.newBlockingStub(wire.channel);
      for (String name : List.of("", "pawl.v1.ModelService")) {
        var answer = health.check(HealthCheckRequest.newBuilder().setService(name).build());
        assertThat(answer.getStatus()).as(name).isEqualTo(ServingStatus.SERVING);
      }
    }
  }

  @Test
  void reflectionListsTheServices() throws Exception {
    try (Wire wire = wire()) {
      CompletableFuture<ServerReflectionResponse> first = new CompletableFuture<>();
      StreamObserver<ServerReflectionRequest> requests =
          ServerReflectionGrpc.newStub(wire.channel)
              .serverReflectionInfo(
                  new StreamObserver<>() {
                    @Override
                    public void onNext(ServerReflectionResponse answer) {
                      first.complete(answer);
                    }

                    @Override
                    public void onError(Throwable t) {
                      first.completeExceptionally(t);
                    }

                    @Override
                    public void onCompleted() {}
                  });
      requests.onNext(ServerReflectionRequest.newBuilder().setListServices("").build());
      ServerReflectionResponse answer = first.get(20, TimeUnit.SECONDS);
      requests.onCompleted();

      assertThat(answer.getListServicesResponse().getServiceList())
          .extracting(s -> s.getName())
          .contains("pawl.v1.ModelService", "grpc.health.v1.Health");
    }
  }

  @Test
  void requestsOverTheLimitAreRefusedNamingIt() {
    try (Wire wire = wire()) {
      var stub = ModelServiceGrpc.newBlockingStub(wire.channel);
      Wire.Refusal refusal =
          Wire.refusal(
              () ->
                  stub.getModel(
                      GetModelRequest.newBuilder().setModelType("x".repeat(5 << 20)).build()));
      assertThat(refusal.code()).isEqualTo("RESOURCE_EXHAUSTED");
      assertThat(refusal.info().getReason()).isEqualTo("LIMIT_EXCEEDED");
      assertThat(refusal.status().getMessage()).contains("over the limit of 4194304");

      assertThatThrownBy(
              () ->
                  stub.getModel(
                      GetModelRequest.newBuilder().setModelType("x".repeat(9 << 20)).build()))
          .isInstanceOf(StatusRuntimeException.class)
          .satisfies(
              t ->
                  assertThat(Status.fromThrowable(t).getCode())
                      .isEqualTo(Status.Code.RESOURCE_EXHAUSTED))
          .hasMessageContaining("8388608");
    }
  }

  @Test
  void modelsAreListedPageByPageAndReadWithTheirSchemas() {
    try (Wire wire = wire()) {
      var stub = ModelServiceGrpc.newBlockingStub(wire.channel);
      List<String> seen = new ArrayList<>();
      String token = "";
      do {
        ListModelsResponse page =
            stub.listModels(
                ListModelsRequest.newBuilder().setPageSize(2).setPageToken(token).build());
        page.getModelsList().forEach(m -> seen.add(m.getModelType()));
        assertThat(page.getModels(0).getMethods(0).getArgumentsSchemaJson()).isEmpty();
        token = page.getNextPageToken();
      } while (!token.isEmpty());
      assertThat(seen)
          .containsExactly(
              "acme/anvil",
              "acme/rocket",
              "core/approval",
              "core/wait",
              "core/workflow",
              "zeta/thing");

      var anvil =
          stub.getModel(GetModelRequest.newBuilder().setModelType("acme/anvil").build()).getModel();
      assertThat(anvil.getMethods(0).getArgumentsSchemaJson()).isEqualTo("{\"type\":\"object\"}");
      assertThat(anvil.getSource()).isEqualTo("built-in");
      assertThat(anvil.getConnection()).isEqualTo("acme");
      assertThat(anvil.getReconcile()).isEqualTo(ReconcileStrategy.RECONCILE_STRATEGY_UNSPECIFIED);
      assertThat(anvil.getVerify()).isEqualTo(VerifySource.VERIFY_SOURCE_NONE);

      Wire.Refusal typo =
          Wire.refusal(
              () -> stub.getModel(GetModelRequest.newBuilder().setModelType("acme/anvli").build()));
      assertThat(typo.info().getReason()).isEqualTo("MODEL_NOT_FOUND");
      assertThat(typo.status().getMessage()).contains("did you mean 'acme/anvil'?");
    }
  }

  @Test
  void drainingEndsHealthAndLeavesNoCallBehind() {
    Wire wire = wire();
    try (wire) {
      var stub = ModelServiceGrpc.newBlockingStub(wire.channel);
      assertThat(stub.listModels(ListModelsRequest.getDefaultInstance()).getModelsCount())
          .isEqualTo(6);

      wire.server.drain(Duration.ofSeconds(5));

      assertThat(wire.server.activeCalls()).isZero();
      assertThatThrownBy(() -> stub.listModels(ListModelsRequest.getDefaultInstance()))
          .satisfies(
              t ->
                  assertThat(Status.fromThrowable(t).getCode()).isEqualTo(Status.Code.UNAVAILABLE));
    }
  }

  private static Model model(String type) {
    ModelDescriptor descriptor =
        new ModelDescriptor(
            type,
            "",
            List.of(
                new MethodDescriptor(
                    "do",
                    MethodKind.ACTION,
                    "",
                    Json.object().put("type", "object"),
                    Json.object(),
                    "do",
                    Set.of())));
    return new Model() {
      @Override
      public ModelDescriptor descriptor() {
        return descriptor;
      }

      @Override
      public MethodResult invoke(
          String method,
          com.fasterxml.jackson.databind.node.ObjectNode arguments,
          dev.pawl.model.MethodContext context) {
        return MethodResult.of(Json.object(), Outcome.EXECUTED);
      }
    };
  }
}
