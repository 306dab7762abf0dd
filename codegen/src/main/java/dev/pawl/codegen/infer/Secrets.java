package dev.pawl.codegen.infer;

import dev.pawl.codegen.document.Schema;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** Tells which fields hold secrets. */
final class Secrets {
  private static final Pattern NAME =
      Pattern.compile(
          ".*(password|passwd|passphrase|privatekey|secretkey|clientsecret|apisecret|secretvalue)"
              + "|secret|.*apikey|.*accesstoken|.*authtoken");

  /** Names of secrets that an API makes. */
  private static final Pattern MADE =
      Pattern.compile(
          ".*(secret|token|password|passphrase|privatekey|secretkey|apikey|signingkey|accesskey)");

  private static final Pattern ONCE =
      Pattern.compile(
          "(?i)\\bonly (be"
              + " )?(returned|shown|available|displayed|visible|revealed|provided)|\\b(returned|shown|available|displayed|visible|revealed|provided)"
              + " (only|once)|(cannot|can't|never|not) be"
              + " (returned|shown|retrieved|displayed|seen)( again| later)");

  private Secrets() {}

  static boolean isSecret(String name, Schema field) {
    return field.writeOnly() || (field.isKeyLike() && NAME.matcher(Words.plain(name)).matches());
  }

  /**
   * Members of a create's answer that no read shows: reading lacks them, or they say so.
   *
   * @param read what reading shows; empty where nothing is known of it
   */
  static Set<String> shownOnce(Optional<AnswerKey.Found> answer, Optional<Schema> read) {
    Set<String> out = new TreeSet<>();
    if (answer.isEmpty() || read.filter(Schema::hasProperties).isEmpty()) {
      return out;
    }
    answer
        .get()
        .view()
        .fields()
        .forEach(
            (name, field) -> {
              boolean secret =
                  field.isKeyLike()
                      && MADE.matcher(Words.plain(name)).matches()
                      && !name.equals(answer.get().key().name());
              boolean unread = !read.get().properties().containsKey(name);
              if (secret && (unread || ONCE.matcher(field.description()).find())) {
                out.add(name);
              }
            });
    return out;
  }
}
