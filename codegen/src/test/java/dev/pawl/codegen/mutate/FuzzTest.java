package dev.pawl.codegen.mutate;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A sample of {@link CodegenFuzz}: spoilt documents are understood or refused, and nothing else.
 */
class FuzzTest {
  private static final int CASES = 150;
  private static final int COMPILED_ONE_IN = 10;

  @TempDir Path folder;

  @Test
  void spoiltDocumentsAreUnderstoodOrRefused() throws IOException {
    FuzzRunner runner = new FuzzRunner(folder);
    List<String> bad = new ArrayList<>();
    for (int i = 0; i < CASES; i++) {
      FuzzCase one = FuzzCase.of(SeedDocuments.traps(), List.of(), 1, i);
      FuzzResult result = runner.run(one, i % COMPILED_ONE_IN == 0);
      if (!result.outcome().good()) {
        bad.add(i + " " + one.kind() + " of " + one.seed() + ": " + result);
      }
    }
    assertThat(bad).isEmpty();
  }
}
