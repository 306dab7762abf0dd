package dev.pawl.model;

import java.util.Collection;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * What whoever runs the server allows models to do.
 *
 * @param commands names of programs that may be started, without a path; default none
 */
public record Settings(Set<String> commands) {
  /** Nothing is allowed. */
  public static final Settings NONE = new Settings(Set.of());

  private static final Pattern PROGRAM = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9._+-]{0,99}");

  /**
   * Checks.
   *
   * @throws IllegalArgumentException naming what is no name of a program
   */
  public Settings {
    commands = Set.copyOf(commands);
    for (String command : commands) {
      if (!PROGRAM.matcher(command).matches()) {
        throw new IllegalArgumentException(
            "'" + command + "' is no name of a program; give it without a path, such as git");
      }
    }
  }

  public boolean allowsCommand(String name) {
    return commands.contains(name);
  }

  /** The same, and these programs too. */
  public Settings withCommands(Collection<String> more) {
    Set<String> all = new TreeSet<>(commands);
    all.addAll(more);
    return new Settings(all);
  }
}
