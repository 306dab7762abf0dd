package dev.pawl.server.models;

import dev.pawl.server.run.LogLine;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.Marker;
import org.slf4j.event.Level;
import org.slf4j.helpers.LegacyAbstractLogger;
import org.slf4j.helpers.MessageFormatter;

/**
 * What a method logs goes to the server's log, and from INFO on to the run's. Credentials are
 * hidden before either has it.
 */
final class RunLogger extends LegacyAbstractLogger {
  private static final long serialVersionUID = 1;

  private final transient Logger server;
  private final transient UnaryOperator<String> hide;
  private final transient @Nullable StepKeeping step;

  /**
   * Of one call.
   *
   * @param hide takes out what nobody may read
   * @param step whose log it is; null outside a run
   */
  RunLogger(String modelType, UnaryOperator<String> hide, @Nullable StepKeeping step) {
    this.name = "pawl.model." + modelType;
    this.server = LoggerFactory.getLogger(name);
    this.hide = hide;
    this.step = step;
  }

  @Override
  protected void handleNormalizedLoggingCall(
      Level level,
      @Nullable Marker marker,
      @Nullable String pattern,
      Object @Nullable [] arguments,
      @Nullable Throwable thrown) {
    String said = MessageFormatter.basicArrayFormat(pattern, arguments);
    String text = said == null ? "null" : said;
    if (server.isEnabledForLevel(level)) {
      server.atLevel(level).log(hide.apply(text + (thrown == null ? "" : "\n" + trace(thrown))));
    }
    LogLine.Level loud = loudness(level);
    if (step != null && loud != null) {
      step.log(loud, hide.apply(thrown == null ? text : text + ": " + thrown));
    }
  }

  private static LogLine.@Nullable Level loudness(Level level) {
    return switch (level) {
      case ERROR -> LogLine.Level.ERROR;
      case WARN -> LogLine.Level.WARN;
      case INFO -> LogLine.Level.INFO;
      case DEBUG, TRACE -> null;
    };
  }

  private static String trace(Throwable thrown) {
    StringWriter out = new StringWriter();
    thrown.printStackTrace(new PrintWriter(out));
    return out.toString();
  }

  @Override
  protected @Nullable String getFullyQualifiedCallerName() {
    return null;
  }

  @Override
  public boolean isErrorEnabled() {
    return step != null || server.isErrorEnabled();
  }

  @Override
  public boolean isWarnEnabled() {
    return step != null || server.isWarnEnabled();
  }

  @Override
  public boolean isInfoEnabled() {
    return step != null || server.isInfoEnabled();
  }

  @Override
  public boolean isDebugEnabled() {
    return server.isDebugEnabled();
  }

  @Override
  public boolean isTraceEnabled() {
    return server.isTraceEnabled();
  }
}
