package dev.pawl.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pawl.v1.AuditDataRequest;
import dev.pawl.v1.AuditDataResponse;
import dev.pawl.v1.AuditFinding;
import dev.pawl.v1.Data;
import dev.pawl.v1.DataRepositoryServiceGrpc.DataRepositoryServiceImplBase;
import dev.pawl.v1.DataState;
import dev.pawl.v1.ImportResourceRequest;
import dev.pawl.v1.ImportResourceResponse;
import dev.pawl.v1.ListDataRequest;
import dev.pawl.v1.ListDataResponse;
import dev.pawl.v1.RebuildDataRequest;
import dev.pawl.v1.RebuildDataResponse;
import dev.pawl.v1.RebuildResult;
import dev.pawl.v1.ResolveResourceRequest;
import dev.pawl.v1.ResolveResourceResponse;
import dev.pawl.v1.ResourceKey;
import io.grpc.InsecureServerCredentials;
import io.grpc.Server;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the commands that mend and check send, print and end with. */
class DataCareCommandsTest {
  private static final ResourceKey KEY =
      ResourceKey.newBuilder().setModelType("acme/thing").setInstance("one").build();

  private final List<Object> requests = new ArrayList<>();
  private final List<AuditFinding> findings = new ArrayList<>();
  private final List<RebuildResult> results = new ArrayList<>();
  private Server server;

  @BeforeEach
  void serve() throws IOException {
    server =
        NettyServerBuilder.forAddress(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                InsecureServerCredentials.create())
            .addService(new Repository())
            .build()
            .start();
  }

  @AfterEach
  void stop() {
    server.shutdownNow();
  }

  private Cli.Result run(String... line) {
    return new Cli().with("PAWL_SERVER", "127.0.0.1:" + server.getPort()).run(line);
  }

  private <T> T sent(Class<T> type) {
    return requests.stream().filter(type::isInstance).map(type::cast).findFirst().orElseThrow();
  }

  @ParameterizedTest
  @CsvSource({
    "'', 0",
    "CHANGED, 0",
    "DUPLICATE, 1",
    "UNOWNED, 1",
    "LOST, 1",
    "UNKNOWN, 1",
    "IN_DOUBT, 3",
    "IN_DOUBT DUPLICATE, 3",
    "CHANGED LOST, 1"
  })
  void anAuditsEndIsToldByItsWorstFinding(String kinds, int code) throws Exception {
    for (String kind : kinds.isEmpty() ? new String[0] : kinds.split(" ")) {
      findings.add(AuditFinding.valueOf("AUDIT_FINDING_" + kind));
    }
    Cli.Result result = run("data", "audit", "--type", "acme/thing", "-o", "json");
    assertThat(result.code()).isEqualTo(code);
    assertThat(result.json().path("installationId").asText()).isEqualTo("installation-1");
    assertThat(result.json().path("findings")).hasSize(findings.size());
    assertThat(sent(AuditDataRequest.class).getModelType()).isEqualTo("acme/thing");
  }

  @Test
  void anAuditSaysInTextWhereTheInstallationIdIs() {
    assertThat(run("data", "audit").out())
        .contains("nothing is wrong")
        .contains("installation id: installation-1");
  }

  @ParameterizedTest
  @CsvSource({
    "FOUND ALREADY_STORED ABSENT, 0",
    "FOUND UNPROVEN, 1",
    "AMBIGUOUS, 1",
    "UNSUPPORTED, 1",
    "UNKNOWN, 1"
  })
  void aRebuildsEndSaysWhetherSomethingIsLeftToDo(String outcomes, int code, @TempDir Path folder)
      throws Exception {
    for (String outcome : outcomes.split(" ")) {
      results.add(RebuildResult.valueOf("REBUILD_RESULT_" + outcome));
    }
    Path file =
        Files.writeString(
            folder.resolve("w.yaml"), "spec: {inputs: {size: {type: string}, count: {}}}");
    Cli.Result result =
        run(
            "data",
            "rebuild",
            "--from-provider",
            "--installation-id",
            "old",
            file.toString(),
            "--input",
            "size=1.10",
            "--input",
            "count=2",
            "--dry-run",
            "-o",
            "json");
    assertThat(result.code()).as(result.err()).isEqualTo(code);
    assertThat(result.json().path("resources")).hasSize(results.size());
    assertThat(result.err()).contains("1: acme/thing one " + outcomes.split(" ")[0]);
    RebuildDataRequest sent = sent(RebuildDataRequest.class);
    assertThat(sent.getInstallationId()).isEqualTo("old");
    assertThat(sent.getDryRun()).isTrue();
    assertThat(sent.getInputsJson()).isEqualTo("{\"size\":\"1.10\",\"count\":2}");
    assertThat(sent.getDefinitions(0).getFileName()).endsWith("w.yaml");
  }

  @Test
  void aDecisionIsOneOfTwoAndHasAReason() {
    assertThat(run("data", "resolve", "acme/thing", "one").code()).isEqualTo(2);
    assertThat(run("data", "resolve", "acme/thing", "one", "--absent", "--adopt", "7").code())
        .isEqualTo(2);
    assertThat(requests).isEmpty();

    Cli.Result adopted =
        run(
            "data",
            "resolve",
            "acme/thing",
            "one",
            "--adopt",
            "7",
            "--data",
            "{}",
            "--fencing-token",
            "3");

    assertThat(adopted.code()).isZero();
    assertThat(adopted.out()).contains("PRESENT");
    assertThat(adopted.err()).contains("warning: look twice");
    ResolveResourceRequest sent = sent(ResolveResourceRequest.class);
    assertThat(sent.getAdopt().getExternalId()).isEqualTo("7");
    assertThat(sent.getAdopt().getDataJson()).isEqualTo("{}");
    assertThat(sent.getExpectedFencingToken()).isEqualTo(3);
    assertThat(sent.getReason()).isNotBlank();
  }

  @Test
  void anImportSendsWhatIsKnownAndSaysIfItWasThere() {
    Cli.Result result =
        run(
            "data",
            "import",
            "acme/thing",
            "one",
            "7",
            "--argument",
            "zone=a",
            "--argument",
            "n=1");
    assertThat(result.code()).isZero();
    assertThat(result.out()).contains("stored already");
    assertThat(sent(ImportResourceRequest.class).getArgumentsJson())
        .isEqualTo("{\"zone\":\"a\",\"n\":1}");
  }

  private final class Repository extends DataRepositoryServiceImplBase {
    private final Data present =
        Data.newBuilder().setKey(KEY).setState(DataState.DATA_STATE_PRESENT).build();

    private <T> void answer(Object request, StreamObserver<T> answers, List<T> all) {
      requests.add(request);
      all.forEach(answers::onNext);
      answers.onCompleted();
    }

    @Override
    public void auditData(AuditDataRequest request, StreamObserver<AuditDataResponse> answers) {
      answer(
          request,
          answers,
          findings.stream()
              .map(f -> AuditDataResponse.newBuilder().setFinding(f).setKey(KEY).build())
              .toList());
    }

    @Override
    public void listData(ListDataRequest request, StreamObserver<ListDataResponse> answers) {
      answer(
          request,
          answers,
          List.of(ListDataResponse.newBuilder().setInstallationId("installation-1").build()));
    }

    @Override
    public void rebuildData(
        RebuildDataRequest request, StreamObserver<RebuildDataResponse> answers) {
      answer(
          request,
          answers,
          results.stream()
              .map(r -> RebuildDataResponse.newBuilder().setResult(r).setKey(KEY).build())
              .toList());
    }

    @Override
    public void resolveResource(
        ResolveResourceRequest request, StreamObserver<ResolveResourceResponse> answers) {
      answer(
          request,
          answers,
          List.of(
              ResolveResourceResponse.newBuilder()
                  .setData(present)
                  .addWarnings("look twice")
                  .build()));
    }

    @Override
    public void importResource(
        ImportResourceRequest request, StreamObserver<ImportResourceResponse> answers) {
      answer(
          request,
          answers,
          List.of(
              ImportResourceResponse.newBuilder()
                  .setData(present)
                  .setAlreadyPresent(true)
                  .build()));
    }
  }
}
