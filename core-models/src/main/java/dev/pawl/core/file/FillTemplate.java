package dev.pawl.core.file;

import com.fasterxml.jackson.databind.JsonNode;
import com.samskivert.mustache.BasicCollector;
import com.samskivert.mustache.Mustache;
import com.samskivert.mustache.MustacheException;
import dev.pawl.core.Refused;
import dev.pawl.model.Json;
import dev.pawl.model.MethodException;
import dev.pawl.model.Reason;
import java.io.StringWriter;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Fills a Mustache template: {@code {{name}}}, {@code {{#list}}…{{/list}}}, {@code
 * {{^empty}}…{{/empty}}}. Nothing is escaped, since files are of every kind; a name without a value
 * is an error, since a gap in a configuration file is found too late.
 */
final class FillTemplate {
  /** The longest filled template, in characters: nested sections multiply. */
  static final int LIMIT = 4 << 20;

  private static final Mustache.Compiler COMPILER =
      Mustache.compiler()
          .escapeHTML(false)
          .strictSections(true)
          .withCollector(new OnlyValues())
          .withLoader(
              name -> {
                throw new MustacheException("there are no partials, such as " + name);
              });

  private FillTemplate() {}

  /**
   * Fills.
   *
   * @throws MethodException INVALID_ARGUMENTS naming the line; LIMIT_EXCEEDED
   */
  static String run(String template, JsonNode values) throws MethodException {
    Limited out = new Limited();
    try {
      Map<?, ?> given =
          values.isObject() ? Json.mapper().convertValue(values, Map.class) : Map.of();
      COMPILER.compile(template).execute(given, out);
    } catch (TooLong e) {
      throw Refused.because(
          Reason.LIMIT_EXCEEDED,
          "the filled template is over the limit of " + LIMIT + " characters");
    } catch (MustacheException.Context e) {
      throw Refused.arguments(
          "the template needs a value for '"
              + e.key
              + "' in line "
              + e.lineNo
              + "; give it in values");
    } catch (MustacheException e) {
      throw Refused.arguments("the template cannot be filled: " + e.getMessage());
    }
    return out.toString();
  }

  /** Looks into maps and lists only: a template is data and must not reach Java's own objects. */
  private static final class OnlyValues extends BasicCollector {
    @Override
    public Mustache.@Nullable VariableFetcher createFetcher(Object context, String name) {
      return context instanceof Map ? MAP_FETCHER : null;
    }

    @Override
    public <K, V> Map<K, V> createFetcherCache() {
      return new HashMap<>();
    }
  }

  private static final class TooLong extends RuntimeException {
    private static final long serialVersionUID = 1;
  }

  private static final class Limited extends StringWriter {
    @Override
    public void write(String text) {
      room(text.length());
      super.write(text);
    }

    @Override
    public void write(char[] text, int from, int length) {
      room(length);
      super.write(text, from, length);
    }

    @Override
    public void write(int character) {
      room(1);
      super.write(character);
    }

    private void room(int more) {
      if (getBuffer().length() + more > LIMIT) {
        throw new TooLong();
      }
    }
  }
}
