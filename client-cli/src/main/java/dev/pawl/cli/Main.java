package dev.pawl.cli;

/** Where the process starts. */
public final class Main {
  private Main() {}

  public static void main(String[] args) {
    Surroundings surroundings = Surroundings.ofProcess();
    int code = new CommandLineRunner(surroundings).run(args);
    surroundings.out().flush();
    surroundings.err().flush();
    // Not a return: a server library's threads must not hold up a command that is done.
    System.exit(code);
  }
}
