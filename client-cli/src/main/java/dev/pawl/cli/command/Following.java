package dev.pawl.cli.command;

import dev.pawl.cli.Surroundings;
import dev.pawl.cli.Terminal;
import dev.pawl.cli.failure.ExitCode;
import dev.pawl.cli.output.Output;
import dev.pawl.cli.output.OutputFormat;
import dev.pawl.cli.output.RunDocument;
import dev.pawl.cli.output.RunDocument.Origin;
import dev.pawl.cli.progress.FollowRun;
import dev.pawl.cli.progress.LiveProgress;
import dev.pawl.cli.progress.PlainProgress;
import dev.pawl.cli.progress.Progress;
import dev.pawl.cli.progress.RunSummary;
import dev.pawl.cli.remote.Session;
import dev.pawl.v1.Run;
import java.io.IOException;

/** Follows a run to its end before the user's eyes, then prints it. */
final class Following {
  private final Surroundings surroundings;
  private final Output output;

  Following(Surroundings surroundings, Output output) {
    this.surroundings = surroundings;
    this.output = output;
  }

  ExitCode toTheEnd(Session session, Run run, long fromSequence, Origin origin)
      throws IOException, InterruptedException {
    Thread farewell =
        new Thread(
            () -> output.warning("run %s goes on: pawl watch %1$s".formatted(run.getRunId())),
            "farewell");
    Runtime.getRuntime().addShutdownHook(farewell);
    Run ended;
    try (Progress progress = progress()) {
      ended =
          new FollowRun(session, progress).run(run.getNamespace(), run.getRunId(), fromSequence);
    } finally {
      forget(farewell);
    }
    return answer(new RunDocument(ended, origin));
  }

  ExitCode answer(RunDocument document) {
    output.answer(document.json(), RunSummary.lines(document.run()));
    return document.exitCode();
  }

  private Progress progress() throws IOException {
    boolean live =
        output.format() == OutputFormat.TEXT
            && surroundings.terminal().stdout() == Terminal.Kind.TERMINAL;
    return live
        ? LiveProgress.onTerminal(surroundings.terminal().colour())
        : new PlainProgress(output::progress);
  }

  private static void forget(Thread hook) {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // The process is ending already, by Ctrl-C: then the hook has its say.
      return;
    }
  }
}
