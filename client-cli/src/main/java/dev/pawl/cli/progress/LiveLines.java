package dev.pawl.cli.progress;

import dev.pawl.cli.Terminal.Colour;
import dev.pawl.v1.StepExecution;
import java.time.Instant;
import org.jline.utils.AttributedString;
import org.jline.utils.AttributedStringBuilder;
import org.jline.utils.AttributedStyle;

/** A step's line in the live view: symbol, name, standing, time, remark. */
final class LiveLines {
  private static final String[] SPINNER = {"⠋", "⠙", "⠹", "⠸", "⠼", "⠴", "⠦", "⠧", "⠇", "⠏"};
  private static final int SPINNER_MILLIS = 100;

  private final Colour colour;

  LiveLines(Colour colour) {
    this.colour = colour;
  }

  AttributedString of(StepExecution step, Instant now) {
    return new AttributedStringBuilder()
        .styled(style(step), symbol(step, now))
        .append(" %-28s ".formatted(StepLine.name(step)))
        .styled(style(step), "%-10s".formatted(StepLine.standing(step)))
        .append(" %7s  ".formatted(StepLine.elapsed(step, now)))
        .append(StepLine.remark(step).replace('\n', ' '))
        .toAttributedString();
  }

  private static String symbol(StepExecution step, Instant now) {
    return switch (step.getStatus()) {
      case STEP_STATUS_SUCCEEDED -> "✔";
      case STEP_STATUS_FAILED -> "✘";
      case STEP_STATUS_RUNNING ->
          SPINNER[(int) (now.toEpochMilli() / SPINNER_MILLIS % SPINNER.length)];
      case STEP_STATUS_WAITING -> "…";
      case STEP_STATUS_CANCELLED, STEP_STATUS_NOT_RUN -> "-";
      case STEP_STATUS_UNSPECIFIED, STEP_STATUS_PENDING, UNRECOGNIZED -> "·";
    };
  }

  private AttributedStyle style(StepExecution step) {
    if (colour == Colour.REFUSED) {
      return AttributedStyle.DEFAULT;
    }
    return switch (step.getStatus()) {
      case STEP_STATUS_SUCCEEDED -> AttributedStyle.DEFAULT.foreground(AttributedStyle.GREEN);
      case STEP_STATUS_FAILED, STEP_STATUS_CANCELLED ->
          AttributedStyle.DEFAULT.foreground(AttributedStyle.RED);
      case STEP_STATUS_RUNNING -> AttributedStyle.DEFAULT.foreground(AttributedStyle.CYAN);
      case STEP_STATUS_WAITING -> AttributedStyle.DEFAULT.foreground(AttributedStyle.YELLOW);
      case STEP_STATUS_NOT_RUN, STEP_STATUS_UNSPECIFIED, STEP_STATUS_PENDING, UNRECOGNIZED ->
          AttributedStyle.DEFAULT.faint();
    };
  }
}
