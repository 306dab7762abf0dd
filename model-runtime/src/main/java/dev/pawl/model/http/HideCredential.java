package dev.pawl.model.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLEncoder;
import java.util.Base64;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Takes a connection's credential out of what its API answers. Some APIs repeat a refused token in
 * their own words, and those words are stored, logged and shown. Models may log what they have met.
 */
public final class HideCredential {
  static final String HIDDEN = "(hidden)";

  /** A shorter one may be part of any word, and its loss would spoil what is no secret. */
  private static final int SHORTEST = 6;

  /** The spellings, each as the Latin-1 text of its UTF-8 bytes. */
  private final Set<String> spellings = new LinkedHashSet<>();

  /**
   * Hides it and its usual spellings.
   *
   * @param credential null for none; one of less than 6 characters is not hidden
   */
  public HideCredential(@Nullable String credential) {
    if (credential == null) {
      return;
    }
    add(credential);
    int colon = credential.indexOf(':');
    if (colon >= 0) {
      add(credential.substring(colon + 1));
    }
  }

  private void add(String secret) {
    if (secret.length() < SHORTEST) {
      return;
    }
    spell(secret);
    spell(secret.replace("/", "\\/"));
    spell(URLEncoder.encode(secret, UTF_8));
    spell(Base64.getEncoder().encodeToString(secret.getBytes(UTF_8)));
  }

  private void spell(String secret) {
    spellings.add(new String(secret.getBytes(UTF_8), ISO_8859_1));
  }

  /** The same bytes where the credential isn't in them. */
  byte[] in(byte[] body) {
    if (spellings.isEmpty() || body.length == 0) {
      return body;
    }
    String text = new String(body, ISO_8859_1);
    String hidden = in(text);
    return hidden.equals(text) ? body : hidden.getBytes(ISO_8859_1);
  }

  /** For any text. */
  public String inText(String text) {
    return spellings.isEmpty() ? text : new String(in(text.getBytes(UTF_8)), UTF_8);
  }

  /** For text of one byte per character, as headers are. */
  String in(String text) {
    String hidden = text;
    for (String spelling : spellings) {
      hidden = hidden.replace(spelling, HIDDEN);
    }
    return hidden;
  }
}
