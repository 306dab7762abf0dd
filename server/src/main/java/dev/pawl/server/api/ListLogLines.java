package dev.pawl.server.api;

import dev.pawl.server.api.map.EventMapper;
import dev.pawl.server.api.map.Fields;
import dev.pawl.server.api.map.Keys;
import dev.pawl.server.api.map.Pages;
import dev.pawl.server.run.RunEvent;
import dev.pawl.server.run.RunKey;
import dev.pawl.server.store.LogQuery;
import dev.pawl.v1.ListLogLinesRequest;
import dev.pawl.v1.ListLogLinesResponse;
import dev.pawl.v1.LoggedLine;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Answers ListLogLines. */
final class ListLogLines {
  /** How much one answer holds; a line has at most 16 KiB. */
  private static final int BYTES = 2 << 20;

  private final RunVerbs runs;

  ListLogLines(RunVerbs runs) {
    this.runs = runs;
  }

  ListLogLinesResponse page(ListLogLinesRequest request) {
    RunKey run = Keys.run(request.getNamespace(), request.getRunId());
    int size = Pages.size(request.getPageSize());
    @Nullable String step = request.getStepId().isEmpty() ? null : request.getStepId();
    @Nullable String iteration = request.hasIterationKey() ? request.getIterationKey() : null;
    @Nullable Integer attempt =
        Fields.fromOne("attempt", request.hasAttempt(), request.getAttempt());
    Pages pages =
        Pages.of(
            "ListLogLines",
            run,
            Objects.toString(step),
            Objects.toString(iteration),
            Objects.toString(attempt));
    long after = Pages.number(pages.cursor(request.getPageToken(), 1));
    List<RunEvent> read = runs.logs(new LogQuery(run, after, size + 1, step, iteration, attempt));
    ListLogLinesResponse.Builder answer = ListLogLinesResponse.newBuilder();
    int bytes = 0;
    for (RunEvent event : read) {
      LoggedLine line = EventMapper.logged(event);
      boolean full = answer.getLinesCount() == size || bytes + line.getSerializedSize() > BYTES;
      if (full && answer.getLinesCount() > 0) {
        long last = answer.getLines(answer.getLinesCount() - 1).getSequence();
        return answer.setNextPageToken(pages.token(List.of(Long.toString(last)))).build();
      }
      bytes += line.getSerializedSize();
      answer.addLines(line);
    }
    return answer.build();
  }
}
