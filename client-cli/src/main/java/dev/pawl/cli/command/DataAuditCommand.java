package dev.pawl.cli.command;

import dev.pawl.cli.Surroundings;
import dev.pawl.cli.failure.ExitCode;
import dev.pawl.cli.output.CareDocument;
import dev.pawl.cli.output.Json;
import dev.pawl.cli.output.Output;
import dev.pawl.cli.remote.Session;
import dev.pawl.v1.AuditDataRequest;
import dev.pawl.v1.AuditDataResponse;
import dev.pawl.v1.AuditFinding;
import dev.pawl.v1.DataRepositoryServiceGrpc;
import dev.pawl.v1.DataRepositoryServiceGrpc.DataRepositoryServiceBlockingStub;
import dev.pawl.v1.ListDataRequest;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "audit",
    description = {
      "Compares what is stored with what the APIs show, by GET alone. Changes nothing.",
      "Findings: DUPLICATE (several objects of one key), UNOWNED (an object with a marker of Pawl's"
          + " that no key owns), LOST (stored, and gone at the API), IN_DOUBT, CHANGED (it differs"
          + " from what is stored), UNKNOWN (the API could not be asked).",
      "Exits with 3 if something is in doubt, else with 1 if anything but CHANGED is found, else"
          + " with 0."
    },
    footer = {
      "",
      "Prints this installation's id too: keep it outside of the database, `pawl data rebuild`",
      "needs it after a loss.",
      "",
      "Example:",
      "  pawl data audit --type digitalocean/droplet"
    })
final class DataAuditCommand extends BaseCommand {
  @Option(
      names = "--type",
      paramLabel = "TYPE",
      order = 10,
      description = "Only this model type. Default: all that have stored resources.")
  String type = "";

  @Mixin final ConnectionOptions connections = new ConnectionOptions();
  @Mixin final ServerChoice server = new ServerChoice();

  DataAuditCommand(Surroundings surroundings) {
    super(surroundings);
  }

  @Override
  ExitCode execute(Output output) throws Exception {
    String namespace = server.namespace(surroundings());
    List<AuditDataResponse> findings = new ArrayList<>();
    try (Session session = server.open(surroundings(), connections.wishes(surroundings()))) {
      DataRepositoryServiceBlockingStub stub =
          DataRepositoryServiceGrpc.newBlockingStub(session.channel());
      stub.auditData(
              AuditDataRequest.newBuilder().setNamespace(namespace).setModelType(type).build())
          .forEachRemaining(findings::add);
      String installation =
          stub.listData(ListDataRequest.newBuilder().setNamespace(namespace).setPageSize(1).build())
              .getInstallationId();
      List<String> lines = new ArrayList<>(CareDocument.findings(findings));
      lines.add("installation id: " + installation);
      output.answer(
          Json.object(
              "installationId",
              Json.orNull(installation),
              "findings",
              findings.stream().map(CareDocument::json).toList()),
          lines);
    }
    return exitCode(findings);
  }

  private static ExitCode exitCode(List<AuditDataResponse> findings) {
    if (findings.stream().anyMatch(f -> f.getFinding() == AuditFinding.AUDIT_FINDING_IN_DOUBT)) {
      return ExitCode.IN_DOUBT;
    }
    return findings.stream().allMatch(f -> f.getFinding() == AuditFinding.AUDIT_FINDING_CHANGED)
        ? ExitCode.OK
        : ExitCode.FAILED;
  }
}
