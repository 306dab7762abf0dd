package dev.pawl.v1;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorSet;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.MethodDescriptor;
import com.google.protobuf.Descriptors.ServiceDescriptor;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The rules of docs/adr/0003-wire-api.md that buf can't check. */
class ApiShapeTest {
  private static final List<ServiceDescriptor> SERVICES =
      Stream.of(
              ExecutionServiceProto.getDescriptor(),
              DataRepositoryServiceProto.getDescriptor(),
              WorkflowServiceProto.getDescriptor(),
              ModelServiceProto.getDescriptor())
          .flatMap(file -> file.getServices().stream())
          .toList();

  @Test
  void everyServiceHasTheMethodsOfTheDesign() {
    assertThat(methods("ExecutionService"))
        .containsExactlyInAnyOrder(
            "StartRun",
            "GetRun",
            "ListRuns",
            "WatchRun",
            "ListLogLines",
            "PlanRun",
            "RetryRun",
            "PlanRetry",
            "CancelRun",
            "ArchiveRun",
            "SkipStep",
            "DecideApproval",
            "ExecuteMethod");
    assertThat(methods("DataRepositoryService"))
        .containsExactlyInAnyOrder(
            "CreateOrGet",
            "Claim",
            "Complete",
            "Abandon",
            "Renew",
            "GetData",
            "ListData",
            "ListVersions",
            "PutData",
            "DeleteData",
            "ImportResource",
            "ResolveResource",
            "RebuildData",
            "AuditData",
            "ListAuditEvents");
    assertThat(methods("WorkflowService"))
        .containsExactlyInAnyOrder(
            "PutWorkflow", "GetWorkflow", "ListWorkflows", "ValidateWorkflow");
    assertThat(methods("ModelService")).containsExactlyInAnyOrder("ListModels", "GetModel");
  }

  @Test
  void anIdempotencyKeyTellsAbsentFromEmptyAndItsAnswerSaysWhetherItIsAReplay() {
    List<MethodDescriptor> keyed =
        allMethods().filter(m -> has(m.getInputType(), "idempotency_key")).toList();

    assertThat(keyed)
        .extracting(MethodDescriptor::getName)
        .containsExactlyInAnyOrder(
            "StartRun", "RetryRun", "ExecuteMethod", "PutData", "PutWorkflow");
    assertThat(keyed)
        .allSatisfy(
            method -> {
              var key = method.getInputType().findFieldByName("idempotency_key");
              assertThat(key.hasPresence()).isTrue();
              assertThat(has(method.getOutputType(), "replayed")).isTrue();
            });
  }

  @Test
  void everyUnaryListIsPaged() {
    assertThat(allMethods().filter(m -> m.getName().startsWith("List")))
        .hasSize(7)
        .allSatisfy(
            method -> {
              assertThat(has(method.getInputType(), "page_size")).isTrue();
              assertThat(has(method.getInputType(), "page_token")).isTrue();
              assertThat(has(method.getOutputType(), "next_page_token")).isTrue();
            });
  }

  @Test
  void theJarHoldsTheSourcesAndADescriptorSetThatStandsAlone() throws Exception {
    try (InputStream source = resource("/pawl/v1/execution_service.proto");
        InputStream set = resource("/pawl/v1/pawl.binpb")) {
      assertThat(new String(source.readAllBytes(), StandardCharsets.UTF_8))
          .contains("service ExecutionService");
      assertThat(FileDescriptorSet.parseFrom(set).getFileList())
          .extracting(FileDescriptorProto::getName)
          .contains("pawl/v1/data_repository_service.proto", "google/protobuf/timestamp.proto");
    }
  }

  private static Stream<MethodDescriptor> allMethods() {
    return SERVICES.stream().flatMap(service -> service.getMethods().stream());
  }

  private static List<String> methods(String service) {
    return SERVICES.stream()
        .filter(s -> s.getFullName().equals("pawl.v1." + service))
        .flatMap(s -> s.getMethods().stream())
        .map(MethodDescriptor::getName)
        .toList();
  }

  private static boolean has(Descriptor message, String field) {
    return message.findFieldByName(field) != null;
  }

  private static InputStream resource(String path) {
    InputStream stream = ApiShapeTest.class.getResourceAsStream(path);
    assertThat(stream).as(path).isNotNull();
    return stream;
  }
}
