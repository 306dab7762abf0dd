package dev.pawl.codegen.infer;

/** JSON pointers. */
public final class Pointers {
  private Pointers() {}

  /** A member's name as a token of a pointer. */
  public static String escape(String name) {
    return name.replace("~", "~0").replace("/", "~1");
  }

  /** A pointer to one member. */
  public static String to(String name) {
    return "/" + escape(name);
  }
}
