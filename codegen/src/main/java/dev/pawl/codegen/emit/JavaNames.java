package dev.pawl.codegen.emit;

import dev.pawl.codegen.infer.Words;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import javax.lang.model.SourceVersion;

/** Java names from names in documents: ASCII letters, digits and underscores, nothing else. */
final class JavaNames {
  private static final int MAX_LENGTH = 80;
  private static final Set<String> TAKEN =
      Set.of(
          "clone",
          "finalize",
          "getClass",
          "hashCode",
          "notify",
          "notifyAll",
          "toString",
          "wait",
          "equals",
          "additionalProperties",
          "builder",
          "build",
          "with");

  /** The component that keeps what a record does not list. */
  static final String REST = "additionalProperties";

  private JavaNames() {}

  /** A type's name. */
  static String type(String name) {
    StringBuilder out = new StringBuilder();
    for (String word : Words.split(name)) {
      out.append(word.substring(0, 1).toUpperCase(Locale.ROOT)).append(word.substring(1));
    }
    return safe(shorten(out.toString()), "Type");
  }

  /** A method's, field's or component's name. */
  static String member(String name) {
    String type = type(name);
    List<String> words = Words.split(name);
    if (words.isEmpty() || type.startsWith("_")) {
      return words.isEmpty() ? "field" : type;
    }
    String out = type.substring(0, 1).toLowerCase(Locale.ROOT) + type.substring(1);
    return SourceVersion.isKeyword(out, SourceVersion.RELEASE_17) || TAKEN.contains(out)
        ? out + "_"
        : out;
  }

  /** A constant's name. */
  static String constant(String name) {
    return safe(shorten(String.join("_", Words.split(name)).toUpperCase(Locale.ROOT)), "VALUE");
  }

  /** A package's last part. */
  static String packagePart(String name) {
    String out = safe(shorten(String.join("_", Words.split(name))), "api");
    return SourceVersion.isKeyword(out, SourceVersion.RELEASE_17) ? out + "_" : out;
  }

  private static String shorten(String name) {
    return name.length() > MAX_LENGTH ? name.substring(0, MAX_LENGTH) : name;
  }

  private static String safe(String name, String otherwise) {
    if (name.isEmpty()) {
      return otherwise;
    }
    return Character.isDigit(name.charAt(0)) ? "_" + name : name;
  }

  /** Names given out once, also where letter case does not count, as in file systems. */
  static final class Pool {
    private final Set<String> given = new HashSet<>();

    Pool(String... reserved) {
      this(List.of(reserved));
    }

    Pool(List<String> reserved) {
      reserved.forEach(name -> given.add(name.toLowerCase(Locale.ROOT)));
    }

    String unique(String wanted) {
      String out = wanted;
      for (int i = 2; !given.add(out.toLowerCase(Locale.ROOT)); i++) {
        out = wanted + "_" + i;
      }
      return out;
    }
  }
}
