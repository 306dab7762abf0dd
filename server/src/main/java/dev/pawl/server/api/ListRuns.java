package dev.pawl.server.api;

import dev.pawl.server.api.map.Fields;
import dev.pawl.server.api.map.Masks;
import dev.pawl.server.api.map.Pages;
import dev.pawl.server.api.map.RunMapper;
import dev.pawl.server.api.map.Times;
import dev.pawl.server.run.RunRecord;
import dev.pawl.server.run.RunStatus;
import dev.pawl.server.store.RunQuery;
import dev.pawl.v1.ListRunsRequest;
import dev.pawl.v1.ListRunsResponse;
import dev.pawl.v1.Run;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Answers ListRuns. */
final class ListRuns {
  private static final String[] ON_REQUEST = {"steps", "attempts"};

  private final RunVerbs runs;

  ListRuns(RunVerbs runs) {
    this.runs = runs;
  }

  /** The creation times asked for; runs come newest first. */
  private record Window(Instant from, Instant before) {
    static Window of(ListRunsRequest request) {
      return new Window(
          request.hasCreatedFrom()
              ? Times.instant("created_from", request.getCreatedFrom())
              : Instant.MIN,
          request.hasCreatedBefore()
              ? Times.instant("created_before", request.getCreatedBefore())
              : Instant.MAX);
    }

    boolean holds(RunRecord run) {
      return !run.createdAt().isBefore(from) && run.createdAt().isBefore(before);
    }

    boolean isPast(RunRecord run) {
      return run.createdAt().isBefore(from);
    }
  }

  ListRunsResponse page(ListRunsRequest request) {
    String namespace = Fields.namespace(request.getNamespace());
    int size = Pages.size(request.getPageSize());
    Masks mask = Masks.of(request.getReadMask(), Run.getDescriptor(), ON_REQUEST);
    Window window = Window.of(request);
    Set<RunStatus> statuses =
        request.getStatusesList().stream().map(RunMapper::status).collect(Collectors.toSet());
    String workflow = request.getWorkflowName();
    Pages pages =
        Pages.of(
            "ListRuns",
            namespace,
            statuses.stream().sorted().toList(),
            workflow,
            window,
            request.getShowArchived());
    List<String> cursor = pages.cursor(request.getPageToken(), 1);
    List<RunRecord> read =
        runs.list(
            new RunQuery(
                namespace,
                cursor.isEmpty() ? null : cursor.getFirst(),
                size + 1,
                statuses,
                workflow.isEmpty() ? null : workflow,
                request.getShowArchived() ? RunQuery.Archived.SHOWN : RunQuery.Archived.LEFT_OUT));
    boolean more = read.size() > size;
    List<RunRecord> page = more ? read.subList(0, size) : read;
    ListRunsResponse.Builder answer = ListRunsResponse.newBuilder();
    page.stream().filter(window::holds).map(r -> run(r, mask)).forEach(answer::addRuns);
    if (more && !window.isPast(page.getLast())) {
      answer.setNextPageToken(pages.token(List.of(page.getLast().key().runId())));
    }
    return answer.build();
  }

  private Run run(RunRecord run, Masks mask) {
    boolean whole = mask.wants("steps") || mask.wants("attempts");
    return mask.trimmed(whole ? RunMapper.run(runs.find(run.key())) : RunMapper.run(run));
  }
}
