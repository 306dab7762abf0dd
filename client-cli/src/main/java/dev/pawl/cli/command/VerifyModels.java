package dev.pawl.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pawl.codegen.Verification;
import dev.pawl.codegen.document.CodegenException;
import dev.pawl.conformance.Conformance;
import dev.pawl.conformance.Verdict;
import dev.pawl.model.Model;
import dev.pawl.sandbox.SandboxException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Consumer;

/** Proves generated models by the conformance kit. */
final class VerifyModels {
  private VerifyModels() {}

  static List<Verification> run(JsonNode document, List<Model> models, Consumer<String> progress) {
    try {
      byte[] bytes = document.toString().getBytes(StandardCharsets.UTF_8);
      return Conformance.of("the document", bytes)
          .check(models, type -> progress.accept("verifying " + type))
          .stream()
          .map(VerifyModels::verification)
          .toList();
    } catch (SandboxException e) {
      throw new CodegenException("the document cannot be simulated: " + e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CodegenException("verifying was interrupted", e);
    }
  }

  private static Verification verification(Verdict verdict) {
    Verification.Result result =
        verdict.verified()
            ? Verification.Result.VERIFIED
            : verdict.failed() ? Verification.Result.FAILED : Verification.Result.UNPROVEN;
    return new Verification(verdict.type(), result, verdict.reason());
  }
}
