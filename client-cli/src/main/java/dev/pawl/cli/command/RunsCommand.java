package dev.pawl.cli.command;

import dev.pawl.cli.Surroundings;
import dev.pawl.cli.failure.ExitCode;
import dev.pawl.cli.output.Json;
import dev.pawl.cli.output.Names;
import dev.pawl.cli.output.Output;
import dev.pawl.cli.output.Table;
import dev.pawl.cli.output.Times;
import dev.pawl.cli.remote.Session;
import dev.pawl.v1.ExecutionServiceGrpc;
import dev.pawl.v1.ListRunsRequest;
import dev.pawl.v1.ListRunsResponse;
import dev.pawl.v1.Run;
import dev.pawl.v1.RunStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "runs",
    description = "Lists runs, newest first.",
    footer = {"", "Examples:", "  pawl runs --limit 5", "  pawl runs --status failed -o json"})
final class RunsCommand extends BaseCommand {
  /** The statuses of a run. */
  enum Status {
    QUEUED,
    RUNNING,
    WAITING,
    SUCCEEDED,
    FAILED,
    CANCELLED,
    TIMED_OUT
  }

  @Option(
      names = "--status",
      paramLabel = "STATUS",
      order = 10,
      description = "Only runs with this status: ${COMPLETION-CANDIDATES}. Repeatable.")
  List<Status> statuses = new ArrayList<>();

  @Option(
      names = "--workflow",
      paramLabel = "NAME",
      order = 11,
      description = "Only runs of the workflow of this name.")
  String workflow = "";

  @Option(names = "--archived", order = 12, description = "Also runs that were archived.")
  boolean archived;

  @Mixin final PageOptions page = new PageOptions();
  @Mixin final ServerChoice server = new ServerChoice();

  RunsCommand(Surroundings surroundings) {
    super(surroundings);
  }

  @Override
  ExitCode execute(Output output) throws Exception {
    ListRunsRequest.Builder request =
        ListRunsRequest.newBuilder()
            .setNamespace(server.namespace(surroundings()))
            .setPageSize(page.size())
            .setPageToken(page.token)
            .setWorkflowName(workflow)
            .setShowArchived(archived);
    statuses.forEach(s -> request.addStatuses(RunStatus.valueOf("RUN_STATUS_" + s.name())));
    try (Session session = server.open(surroundings())) {
      ListRunsResponse response =
          ExecutionServiceGrpc.newBlockingStub(session.channel()).listRuns(request.build());
      output.answer(
          Json.object(
              "runs",
              response.getRunsList().stream().map(RunsCommand::json).toList(),
              "nextPageToken",
              Json.orNull(response.getNextPageToken())),
          table(response));
    }
    return ExitCode.OK;
  }

  private static Map<String, @Nullable Object> json(Run run) {
    return Json.object(
        "run", run.getRunId(),
        "workflow", run.getWorkflowName(),
        "status", Names.of(run.getStatus()),
        "reason", Json.orNull(run.getReason()),
        "attempt", run.getAttempt(),
        "createTime", Times.json(run.hasCreateTime(), run.getCreateTime()),
        "endTime", Times.json(run.hasEndTime(), run.getEndTime()),
        "archiveTime", Times.json(run.hasArchiveTime(), run.getArchiveTime()));
  }

  private static List<String> table(ListRunsResponse response) {
    Table table = new Table("RUN", "WORKFLOW", "STATUS", "ATTEMPT", "CREATED");
    for (Run run : response.getRunsList()) {
      table.row(
          run.getRunId(),
          run.getWorkflowName(),
          Names.of(run.getStatus()) + (run.hasArchiveTime() ? " (archived)" : ""),
          String.valueOf(run.getAttempt()),
          Times.local(run.hasCreateTime(), run.getCreateTime()));
    }
    return table.lines(response.getNextPageToken());
  }
}
