package dev.pawl.sandbox.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pawl.sandbox.document.JsonText;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The named fields of a multipart form; of a file only its size is kept. */
final class Multiparts {
  private static final Pattern BOUNDARY =
      Pattern.compile("boundary=\"?([^\";]+)\"?", Pattern.CASE_INSENSITIVE);
  private static final Pattern NAME = Pattern.compile("[; ]name=\"([^\"]*)\"");

  private Multiparts() {}

  static JsonNode parse(String contentType, byte[] bytes) {
    Matcher boundary = BOUNDARY.matcher(contentType);
    if (!boundary.find()) {
      return JsonNodeFactory.instance.textNode(Bodies.text(bytes));
    }
    ObjectNode fields = JsonText.object();
    String text = new String(bytes, StandardCharsets.ISO_8859_1);
    for (String part : text.split(Pattern.quote("--" + boundary.group(1)), -1)) {
      int blank = part.indexOf("\r\n\r\n");
      Matcher name = NAME.matcher(blank < 0 ? "" : part.substring(0, blank));
      if (name.find()) {
        String value = part.substring(blank + 4).replaceAll("\r\n$", "");
        boolean file = part.substring(0, blank).contains("filename=");
        fields.put(name.group(1), file ? value.length() + " bytes" : utf8(value));
      }
    }
    return fields;
  }

  private static String utf8(String latin) {
    return new String(latin.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
  }
}
