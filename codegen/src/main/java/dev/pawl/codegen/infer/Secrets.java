package dev.pawl.codegen.infer;

import dev.pawl.codegen.document.Schema;
import java.util.regex.Pattern;

/** Tells which fields hold secrets. */
final class Secrets {
  private static final Pattern NAME =
      Pattern.compile(
          ".*(password|passwd|passphrase|privatekey|secretkey|clientsecret|apisecret|secretvalue)"
              + "|secret|.*apikey|.*accesstoken|.*authtoken");

  private Secrets() {}

  static boolean isSecret(String name, Schema field) {
    return field.writeOnly() || (field.isKeyLike() && NAME.matcher(Words.plain(name)).matches());
  }
}
