package dev.pawl.codegen;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.pawl.codegen.document.ApiDocument;
import dev.pawl.codegen.emit.EmitApi;
import dev.pawl.codegen.emit.GeneratedFile;
import dev.pawl.codegen.infer.InferApi;
import dev.pawl.model.Model;
import dev.pawl.model.ModelDescriptor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Published documents give classes that compile without a warning and load; {@code
 * -Dpawl.slow=true}.
 */
@EnabledIfSystemProperty(named = "pawl.slow", matches = "true", disabledReason = "takes 3 minutes")
class RealDocumentsTest {
  private static final Path NONE = Path.of("none beside the repository");

  static List<Path> documents() throws IOException {
    for (Path folder : List.of(Path.of("../../shared/specs"), Path.of("../../../shared/specs"))) {
      if (Files.isDirectory(folder)) {
        try (Stream<Path> files = Files.list(folder)) {
          return files.sorted().toList();
        }
      }
    }
    return List.of(NONE);
  }

  @ParameterizedTest
  @MethodSource("documents")
  void compilesLoadsAndIsTheSameTwice(Path file) {
    assumeTrue(Files.isRegularFile(file), "no documents beside the repository");
    String name = CodegenOptions.of(file).effectiveName();
    EmitApi emit = new EmitApi(new InferApi(ApiDocument.read(file), name).run());

    List<Model> models = Generated.of(emit).models();

    assertThat(models)
        .extracting(Model::descriptor)
        .extracting(ModelDescriptor::type)
        .containsExactlyInAnyOrderElementsOf(
            emit.kinds().stream().map(k -> name + "/" + k).toList());
    assertThat(hashes(new EmitApi(new InferApi(ApiDocument.read(file), name).run())))
        .isEqualTo(hashes(emit));
  }

  private static TreeMap<String, Integer> hashes(EmitApi emit) {
    TreeMap<String, Integer> out = new TreeMap<>();
    Stream.concat(emit.sources(), emit.resources()).forEach(f -> out.put(f.path(), hash(f)));
    return out;
  }

  private static int hash(GeneratedFile file) {
    return Arrays.hashCode(file.content());
  }
}
