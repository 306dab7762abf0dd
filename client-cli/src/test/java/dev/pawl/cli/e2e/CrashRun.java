package dev.pawl.cli.e2e;

import dev.pawl.v1.StartRunRequest;
import dev.pawl.v1.WorkflowDefinition;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A workflow of three creates, one after the other, of which one is disturbed.
 *
 * @param model decides how Pawl looks for what it is in doubt of
 * @param id also its idempotency key
 * @param disturbed 1 to 3
 */
record CrashRun(String model, String id, int disturbed) {
  static final int STEPS = 3;

  /** Idempotency key, marker, natural key. */
  static final List<String> MODELS = List.of("card", "server", "pipe");

  /** The steps' instances, each also the name of its object. */
  List<String> instances() {
    return IntStream.rangeClosed(1, STEPS).mapToObj(this::instance).toList();
  }

  String instance(int step) {
    return id + "-s" + step;
  }

  String disturbedInstance() {
    return instance(disturbed);
  }

  StartRunRequest request() {
    StringBuilder text =
        new StringBuilder(
            """
            apiVersion: pawl.dev/v1
            kind: Workflow
            metadata: {name: crash}
            spec:
              recovery: {strategy: idempotent}
              steps:
            """);
    for (int i = 1; i <= STEPS; i++) {
      text.append(
          "    - {id: s%d, model: adversary/%s, method: create, instance: %s, with: {name: %s}%s}\n"
              .formatted(
                  i,
                  model,
                  instance(i),
                  instance(i),
                  i == 1 ? "" : ", dependsOn: [s" + (i - 1) + "]"));
    }
    return StartRunRequest.newBuilder()
        .setDefinition(WorkflowDefinition.newBuilder().setText(text.toString()))
        .setIdempotencyKey(id)
        .build();
  }
}
