package dev.pawl.cli.progress;

import dev.pawl.cli.Terminal.Colour;
import dev.pawl.v1.LogLine;
import dev.pawl.v1.Run;
import dev.pawl.v1.StepExecution;
import java.io.IOException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jline.terminal.Size;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;
import org.jline.utils.AttributedString;
import org.jline.utils.Display;

/** One line per step, redrawn in place: for a terminal. */
public final class LiveProgress implements Progress {
  private static final long REDRAW_MILLIS = 100;

  private final Terminal terminal;
  private final Display display;
  private final LiveLines lines;
  private final Map<String, StepExecution> steps = new LinkedHashMap<>();
  private final ScheduledExecutorService redraw =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("redraw").factory());

  private LiveProgress(Terminal terminal, LiveLines lines) {
    this.terminal = terminal;
    this.display = new Display(terminal, /* fullscreen= */ false);
    this.lines = lines;
  }

  /** On this process's terminal. */
  public static LiveProgress onTerminal(Colour colour) throws IOException {
    Terminal terminal =
        TerminalBuilder.builder()
            .system(true)
            // Ctrl-C must end the command as it does everywhere, not be caught by the display.
            .nativeSignals(false)
            .build();
    LiveProgress progress = new LiveProgress(terminal, new LiveLines(colour));
    progress.redraw.scheduleAtFixedRate(
        progress::draw, REDRAW_MILLIS, REDRAW_MILLIS, TimeUnit.MILLISECONDS);
    return progress;
  }

  @Override
  public synchronized void run(Run run) {
    // The summary after the last line says all of it.
  }

  @Override
  public synchronized void step(StepExecution step) {
    steps.put(StepLine.name(step), step);
  }

  @Override
  public synchronized void log(LogLine line) {
    above(StepLine.logged(line));
  }

  @Override
  public synchronized void note(String sentence) {
    above(sentence);
  }

  /** Prints a line that stays, above those that move. */
  private void above(String line) {
    display.update(List.of(), 0);
    terminal.writer().println(line);
    terminal.flush();
    display.reset();
    draw();
  }

  private synchronized void draw() {
    Size size = terminal.getSize();
    int rows = size.getRows() > 1 ? size.getRows() : 24;
    int columns = size.getColumns() > 10 ? size.getColumns() : 80;
    display.resize(rows, columns);
    // Of thousands of steps, only those that the terminal has room for are worth making lines of.
    List<AttributedString> now =
        steps.values().stream()
            .skip(Math.max(0, steps.size() - (rows - 1)))
            .map(step -> lines.of(step, Instant.now()).columnSubSequence(0, columns - 1))
            .toList();
    display.update(now, 0);
  }

  @Override
  public void close() {
    redraw.shutdownNow();
    synchronized (this) {
      display.update(List.of(), 0);
      terminal.flush();
    }
    try {
      terminal.close();
    } catch (IOException e) {
      // The terminal is gone, and with it whoever could have seen the rest.
      return;
    }
  }
}
