package dev.pawl.cli.command;

import dev.pawl.cli.Surroundings;
import dev.pawl.cli.failure.CliException;
import dev.pawl.cli.failure.ExitCode;
import dev.pawl.cli.output.Json;
import dev.pawl.cli.output.Names;
import dev.pawl.cli.output.Output;
import dev.pawl.cli.output.OutputFormat;
import dev.pawl.cli.output.Times;
import dev.pawl.cli.progress.StepLine;
import dev.pawl.cli.remote.Session;
import dev.pawl.v1.ExecutionServiceGrpc;
import dev.pawl.v1.ExecutionServiceGrpc.ExecutionServiceBlockingStub;
import dev.pawl.v1.ListLogLinesRequest;
import dev.pawl.v1.ListLogLinesResponse;
import dev.pawl.v1.LogLevel;
import dev.pawl.v1.LoggedLine;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "logs",
    description = "Prints what a run's steps have logged so far; `pawl watch` follows them.",
    footer = {
      "",
      "Examples:",
      "  pawl logs 01K…",
      "  pawl logs 01K… --step droplets[web-1] --attempt 2 -o json"
    })
final class LogsCommand extends BaseCommand {
  private static final int PAGE = 1000;
  private static final Pattern ITERATION = Pattern.compile("(?<id>[^\\[]+)\\[(?<key>.*)]");

  @Parameters(paramLabel = "RUN", description = "The run's id.")
  String run = "";

  @Option(
      names = "--step",
      paramLabel = "STEP",
      order = 10,
      description = "Only what this step has logged; STEP[KEY] is one iteration.")
  String step = "";

  @Option(
      names = "--attempt",
      paramLabel = "N",
      order = 11,
      description = "Only what was logged in this attempt, from 1. Default: all.")
  @Nullable Integer attempt;

  @Mixin final ServerChoice server = new ServerChoice();

  LogsCommand(Surroundings surroundings) {
    super(surroundings);
  }

  @Override
  ExitCode execute(Output output) throws Exception {
    if (attempt != null && attempt < 1) {
      throw CliException.usage("--attempt counts from 1, so it can't be " + attempt);
    }
    List<Map<String, @Nullable Object>> lines = new ArrayList<>();
    try (Session session = server.open(surroundings())) {
      ExecutionServiceBlockingStub stub = ExecutionServiceGrpc.newBlockingStub(session.channel());
      ListLogLinesRequest.Builder request = asked();
      do {
        ListLogLinesResponse page = stub.listLogLines(request.build());
        for (LoggedLine line : page.getLinesList()) {
          switch (output.format()) {
            case JSON -> lines.add(json(line));
            case TEXT -> output.progress(text(line));
          }
        }
        request.setPageToken(page.getNextPageToken());
      } while (!request.getPageToken().isEmpty());
    }
    if (output.format() == OutputFormat.JSON) {
      output.answer(Json.object("run", run, "lines", lines), List.of());
    }
    return ExitCode.OK;
  }

  private ListLogLinesRequest.Builder asked() {
    ListLogLinesRequest.Builder request =
        ListLogLinesRequest.newBuilder()
            .setNamespace(server.namespace(surroundings()))
            .setRunId(run)
            .setPageSize(PAGE);
    Matcher iteration = ITERATION.matcher(step);
    if (iteration.matches()) {
      request.setStepId(iteration.group("id")).setIterationKey(iteration.group("key"));
    } else {
      request.setStepId(step);
    }
    if (attempt != null) {
      request.setAttempt(attempt);
    }
    return request;
  }

  private static String text(LoggedLine logged) {
    String time = Times.local(logged.hasTime(), logged.getTime());
    int number = logged.getLine().getAttempt();
    LogLevel level = logged.getLine().getLevel();
    return time
        + (number > 1 ? " attempt " + number + " " : " ")
        + (level == LogLevel.LOG_LEVEL_INFO ? "" : Names.of(level) + " ")
        + StepLine.logged(logged.getLine());
  }

  private static Map<String, @Nullable Object> json(LoggedLine logged) {
    return Json.object(
        "sequence", logged.getSequence(),
        "time", Times.json(logged.hasTime(), logged.getTime()),
        "attempt", logged.getLine().getAttempt(),
        "id", logged.getLine().getStepId(),
        "iteration", Json.orNull(logged.getLine().getIterationKey()),
        "level", Names.of(logged.getLine().getLevel()),
        "message", logged.getLine().getMessage());
  }
}
