package dev.pawl.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** A process whose output goes to a file. */
record Child(Process process, Path output) {
  static Child start(Path folder, String name, Map<String, String> environment, List<String> line)
      throws IOException {
    Path output = Files.createTempFile(folder, name + "-", ".log");
    ProcessBuilder builder =
        new ProcessBuilder(line)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile());
    builder.environment().putAll(environment);
    return new Child(builder.start(), output);
  }

  String said() throws IOException {
    return Files.readString(output);
  }

  /** Waits until it has said that. */
  void awaitWord(String word) throws Exception {
    Until.holds(output + " says " + word, () -> said().contains(word) || !process.isAlive());
    if (!process.isAlive()) {
      throw new IllegalStateException("ended: " + process.info() + "\n" + said());
    }
  }

  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }
}
