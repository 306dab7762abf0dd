package dev.pawl.server.language;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What is wrong in a file, with the place of each thing. Line 5 is the first after the head. */
class FileProblemsTest {
  private static final String HEAD =
      """
      apiVersion: pawl.dev/v1
      kind: Workflow
      metadata: {name: w}
      spec:
      """;

  @ParameterizedTest(name = "{0}")
  @MethodSource({"documents", "steps", "settings", "arguments_"})
  void reportsEveryProblemAtItsPlace(String name, String file, List<String> problems) {
    assertThat(Files.problems(file)).containsExactlyElementsOf(problems);
  }

  static Stream<Arguments> documents() {
    return Stream.of(
        arguments("an empty file", "", List.of("1:1: the file is empty; a workflow was expected")),
        arguments(
            "broken YAML",
            "a: [1, 2",
            List.of("1:9: not YAML: expected ',' or ']', but got <stream end>")),
        arguments(
            "two documents", "a: 1\n---\nb: 2", List.of("3:1: one workflow per file, please")),
        arguments("no map", "just text", List.of("1:1: must be a map, is a text ('just text')")),
        arguments(
            "wrong head",
            "apiVersion: pawl.dev/v2\nkind: Workflwo\nmetdata: {}\nspec: {steps: []}",
            List.of(
                "1:1: 'metadata' is missing: name the workflow, as in metadata: {name: web-tier}",
                "1:13: apiVersion: must be pawl.dev/v1, is 'pawl.dev/v2'",
                "2:7: kind: must be Workflow, is 'Workflwo'",
                "3:1: metdata: unknown field 'metdata'; did you mean 'metadata'?",
                "4:15: spec.steps: must be a list of at least one step, is empty")),
        arguments(
            "a key twice, and the rest of the file too",
            "apiVersion: pawl.dev/v1\n"
                + "kind: Workflow\n"
                + "metadata: {name: W, name: b}\n"
                + "spec: {stepz: []}",
            List.of(
                "3:18: metadata.name: 'W' is not a name; use at most 63 of a-z, 0-9, - and _",
                "3:21: metadata.name: 'name' is given twice; first at line 3",
                "4:1: spec: 'steps' is missing: a workflow has at least one step",
                "4:8: spec.stepz: unknown field 'stepz'; did you mean 'steps'?")),
        arguments(
            "what JSON can't hold",
            HEAD
                + """
                  outputs: {a: .nan, b: !foo 1, ? [x] : 1, c: &c [*c]}
                  steps: [{id: a, model: digitalocean/tag, method: get}]
                """,
            List.of(
                "5:16: spec.outputs.a: '.nan' is not a number JSON can hold; put it in quotes if it"
                    + " is text",
                "5:25: spec.outputs.b: the tag '!foo' is not known here",
                "5:35: spec.outputs: a key must be a plain text",
                "5:47: spec.outputs.c[0]: this anchor contains itself")));
  }

  static Stream<Arguments> steps() {
    return Stream.of(
        arguments(
            "ids, models and methods",
            HEAD
                + """
                  steps:
                    - id: a
                      model: digitalocean/vcp
                      method: create
                      instance: x
                    - id: b
                      model: digitalocean/tag
                      method: crate
                      instance: x
                    - id: b
                      model: foo
                    - name: x
                    - 7
                    - {id: 1a, model: digitalocean/tag, method: create, wiht: {}}
                """,
            List.of(
                "7:14: spec.steps[0].model: there is no model 'digitalocean/vcp'; did you mean"
                    + " 'digitalocean/vpc'?",
                "12:15: spec.steps[1].method: 'digitalocean/tag' has no method 'crate'; it has"
                    + " create, get; did you mean 'create'?",
                "14:7: spec.steps[2]: 'method' is missing: name the model's method, such as create",
                "14:11: spec.steps[2].id: two steps have the id 'b'; the first is at line 10",
                "15:14: spec.steps[2].model: 'foo' is not a model type; they look like api/thing",
                "16:7: spec.steps[3]: 'id' is missing: give the step a name of its own",
                "16:7: spec.steps[3]: 'model' is missing: name a model type, such as"
                    + " digitalocean/droplet",
                "16:7: spec.steps[3]: 'method' is missing: name the model's method, such as create",
                "17:7: spec.steps[4]: must be a map, is a whole number (7)",
                "18:12: spec.steps[5].id: a step's id is a letter or _, then at most 62 letters,"
                    + " digits, _ or -; this is a text ('1a')",
                "18:57: spec.steps[5].wiht: unknown field 'wiht'; did you mean 'with'?")),
        arguments(
            "dependencies and cycles",
            HEAD
                + """
                  steps:
                    - {id: a, model: digitalocean/tag, method: get, dependsOn: [b, zzz]}
                    - {id: b, model: digitalocean/tag, method: get, dependsOn: c}
                    - {id: c, model: digitalocean/tag, method: get, if: "${{ steps.a.output.x }}"}
                    - {id: self, model: digitalocean/tag, method: get, if: "${{ steps.self.output }}"}
                    - {id: vpc-main, model: digitalocean/tag, method: get, recovery: {dependsOn: [vpc-mani, a, a]}}
                """,
            List.of(
                "6:12: spec.steps[0].id: steps wait for each other: a → b → c → a",
                "6:68: spec.steps[0].dependsOn[1]: no step has the id 'zzz'",
                "9:12: spec.steps[3].id: steps wait for each other: self → self",
                "10:83: spec.steps[4].recovery.dependsOn[0]: no step has the id 'vpc-mani'; did you"
                    + " mean 'vpc-main'?",
                "10:96: spec.steps[4].recovery.dependsOn[2]: 'a' is listed twice")),
        arguments(
            "a forEach whose iterations would make one thing",
            HEAD
                + """
                  steps:
                    - id: a
                      model: digitalocean/tag
                      method: create
                      forEach: {in: [x, y]}
                      instance: same
                      with: {name: "${{ each.value }}"}
                """,
            List.of(
                "10:17: spec.steps[0].instance: every iteration would make the same instance; name"
                    + " it by ${{ each.key }} or each.value")),
        arguments(
            "a create without an instance",
            HEAD
                + """
                  steps:
                    - {id: a, model: digitalocean/tag, method: create, with: {name: x}}
                """,
            List.of(
                "6:7: spec.steps[0]: 'instance' is missing: name the one thing of"
                    + " 'digitalocean/tag' it is about")));
  }

  static Stream<Arguments> settings() {
    return Stream.of(
        arguments(
            "run settings and inputs",
            HEAD
                + """
                  timeout: soon
                  failFast: 'yes'
                  recovery: {strategy: idempotant, maxRecoveries: -1}
                  inputs:
                    a: {type: strng}
                    b: {type: integer, default: x}
                    c: string
                    d: {type: string, defualt: x, secret: true, default: y}
                    e: {type: array, items: 7}
                    'x y': {}
                  steps: [{id: a, model: digitalocean/tag, method: get}]
                """,
            List.of(
                "5:12: spec.timeout: 'soon' is not a duration; write 30s, 2m, 1h30m, 500ms or"
                    + " {minutes: 1}",
                "6:13: spec.failFast: must be true or false, is a text ('yes')",
                "7:24: spec.recovery.strategy: 'idempotant' is not one of none, restart,"
                    + " idempotent; did you mean 'idempotent'?",
                "7:51: spec.recovery.maxRecoveries: must be a whole number from 0 to 1000, is a"
                    + " whole number (-1)",
                "9:15: spec.inputs.a.type: 'strng' is not a type of JSON Schema; did you mean"
                    + " 'string'?",
                "10:33: spec.inputs.b.default: must be a whole number, is a text ('x')",
                "11:8: spec.inputs.c: must be a JSON Schema such as {type: string}, is a text"
                    + " ('string')",
                "12:23: spec.inputs.d.defualt: 'defualt' is not a word of JSON Schema; did you mean"
                    + " 'default'?",
                "12:49: spec.inputs.d.default: a secret input can't have a default: the file is"
                    + " stored in clear",
                "13:29: spec.inputs.e.items: must be a map or true or false, is a whole number (7)",
                "14:5: spec.inputs['x y']: an input's name is a letter or _, then letters, digits,"
                    + " _ or -")),
        arguments(
            "step settings",
            HEAD
                + """
                  steps:
                    - id: a
                      model: digitalocean/tag
                      method: get
                      timeout: 0s
                      retry: {limt: 3, backoff: {initial: 1, factor: 0.5}, on: [UNAVALABLE]}
                      verify: sometimes
                      onChange: renew
                      adopt: yes
                      forEach: {in: 5}
                """,
            List.of(
                "9:16: spec.steps[0].timeout: a duration is more than 0 and at most 366d, this is"
                    + " 0s",
                "10:7: spec.steps[0].retry: 'limit' is missing: say how often to try again, such as"
                    + " limit: 3",
                "10:15: spec.steps[0].retry.limt: unknown field 'limt'; did you mean 'limit'?",
                "10:43: spec.steps[0].retry.backoff.initial: 1 is not a duration; write 30s, 2m,"
                    + " 1h30m, 500ms or {minutes: 1}",
                "10:54: spec.steps[0].retry.backoff.factor: must be a number from 1 to 100, is a"
                    + " number (0.5)",
                "10:65: spec.steps[0].retry.on[0]: 'UNAVALABLE' is not a failure's reason, such as"
                    + " UNAVAILABLE; did you mean 'UNAVAILABLE'?",
                "11:15: spec.steps[0].verify: 'sometimes' is not one of always, never",
                "12:17: spec.steps[0].onChange: 'renew' is not one of keep, fail, update, replace",
                "13:14: spec.steps[0].adopt: 'yes' is not one of never, onConflict",
                "14:21: spec.steps[0].forEach.in: must be a list, a map or an expression, is a"
                    + " whole number (5)")));
  }

  static Stream<Arguments> arguments_() {
    return Stream.of(
        arguments(
            "a value of the wrong type",
            HEAD
                + """
                  inputs: {}

                  steps:
                    - id: a
                      model: digitalocean/vpc
                      method: create
                      instance: x
                      with:  {name: 1, regoin: nyc3}
                """,
            List.of(
                "12:7: spec.steps[0].with: the argument 'region' is missing",
                "12:21: spec.steps[0].with.name: must be a text, is a whole number (1)",
                "12:24: spec.steps[0].with.regoin: unknown argument 'regoin'; did you mean"
                    + " 'region'?")),
        arguments(
            "nested arguments, choices and expressions of known type",
            HEAD
                + """
                  inputs: {n: {type: integer}, l: {type: array, items: {type: string}}}
                  steps:
                    - id: b
                      model: digitalocean/droplet
                      method: create
                      instance: b
                      with:
                        name: "${{ inputs.n }}"
                        size: huge
                        image: [1]
                        backups: ${{ inputs.l }}
                        tags: [1, "${{ inputs.n }}", "n-${{ inputs.n }}"]
                        volumes: [{size_gb: 0, sizegb: 1}, {}]
                    - id: c
                      model: digitalocean/droplet
                      method: create
                      instance: c
                      with: {name: x, size: s-1vcpu-1gb, image: "${{ inputs.n }}", tags: "${{ inputs.l }}"}
                """,
            List.of(
                "12:15: spec.steps[0].with.name: must be a text, the expression gives a whole"
                    + " number",
                "13:15: spec.steps[0].with.size: must be one of s-1vcpu-1gb, s-2vcpu-2gb, is a text"
                    + " ('huge')",
                "14:16: spec.steps[0].with.image: must be a text or a whole number, is a list",
                "15:18: spec.steps[0].with.backups: must be true or false, the expression gives a"
                    + " list",
                "16:16: spec.steps[0].with.tags[0]: must be a text, is a whole number (1)",
                "16:19: spec.steps[0].with.tags[1]: must be a text, the expression gives a whole"
                    + " number",
                "17:29: spec.steps[0].with.volumes[0].size_gb: must be at least 1, is a whole"
                    + " number (0)",
                "17:32: spec.steps[0].with.volumes[0].sizegb: unknown argument 'sizegb'; did you"
                    + " mean 'size_gb'?",
                "17:44: spec.steps[0].with.volumes[1]: the argument 'size_gb' is missing")));
  }

  @Test
  void readsJsonAsYaml() {
    String json =
        """
        {"apiVersion": "pawl.dev/v1", "kind": "Workflow", "metadata": {"name": "a"},
         "spec": {"steps": [{"id": "a", "model": "digitalocean/tag", "method": "create",
         "instance": "a", "with": {"name": "${{ inputs.x }}"}}]}}
        """;
    assertThat(Files.problems(json))
        .containsExactly("3:48: spec.steps[0].with.name: there is no input 'x'; there are none");
  }

  @Test
  void showsAHundredProblemsAndCountsTheRest() {
    String steps =
        IntStream.range(0, 120)
            .mapToObj(i -> "    - {id: s" + i + ", model: digitalocean/nil, method: get}\n")
            .reduce("", String::concat);
    assertThatExceptionOfType(InvalidWorkflow.class)
        .isThrownBy(
            () -> new WorkflowValidator(Catalog.webTier()).check("w", HEAD + "  steps:\n" + steps))
        .withMessageEndingWith("\nand 20 more")
        .satisfies(e -> assertThat(e.problems()).hasSize(120));
  }

  @Test
  void anUpdateNeedsAModelThatHasOne() {
    String step =
        "  steps:\n    - {id: a, model: digitalocean/tag, method: create, instance: a, with: {name:"
            + " a}, onChange: CHOICE}\n";
    assertThat(Files.problems(HEAD + step.replace("CHOICE", "fail"))).isEmpty();
    assertThat(Files.problems(HEAD + step.replace("CHOICE", "update")))
        .singleElement()
        .asString()
        .contains("spec.steps[0].onChange", "'digitalocean/tag' has no update");
  }

  @Test
  void namesTheLimitThatIsExceeded() {
    assertThatExceptionOfType(LimitExceeded.class)
        .isThrownBy(() -> Files.problems("a: " + "x".repeat(1 << 20)))
        .withMessage(
            "workflow.yaml has 1048579 bytes; the limit is 1048576 (1 MiB); split it: a step can"
                + " run another workflow (core/workflow run)")
        .satisfies(e -> assertThat(e.limit()).isEqualTo("workflow file size"));
    assertThatExceptionOfType(LimitExceeded.class)
        .isThrownBy(() -> Files.problems("[".repeat(100_000)))
        .satisfies(e -> assertThat(e.limit()).isEqualTo("nesting depth"));
    assertThatExceptionOfType(LimitExceeded.class)
        .isThrownBy(() -> Files.problems(billionLaughs()))
        .satisfies(e -> assertThat(e.limit()).isEqualTo("workflow file values"));
  }

  private static String billionLaughs() {
    var text = new StringBuilder("a0: &a0 [x,x,x,x,x,x,x,x,x]\n");
    for (int i = 1; i < 9; i++) {
      String alias = "*a" + (i - 1) + " ,";
      text.append("a%d: &a%d [%s]\n".formatted(i, i, alias.repeat(9)));
    }
    return text.toString();
  }
}
