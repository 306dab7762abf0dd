package dev.pawl.cli.training;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.pawl.cli.CommandLineRunner;
import dev.pawl.cli.Surroundings;
import dev.pawl.cli.Terminal;
import dev.pawl.cli.hosting.Servers;
import io.grpc.InsecureServerCredentials;
import io.grpc.Server;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * Runs the everyday commands against a server that knows one run, so that the JVM can write down
 * which classes they need and read them faster ever after.
 */
public final class TrainingRun {
  /** An API with one thing of each way to write a schema. */
  private static final String DOCUMENT =
      """
      openapi: 3.0.3
      info: {title: Training, version: "1"}
      servers: [{url: "https://api.example.com/v1"}]
      paths:
        /pets:
          post:
            requestBody: {content: {application/json: {schema: {$ref: "#/components/schemas/Pet"}}}}
            responses: {"201": {content: {application/json: {schema: {$ref: "#/components/schemas/Pet"}}}}}
          get:
            parameters: [{name: page, in: query, schema: {type: integer}}]
            responses:
              "200":
                content:
                  application/json:
                    schema: {type: object, properties: {pets: {type: array, items: {$ref: "#/components/schemas/Pet"}}}}
        /pets/{id}:
          parameters: [{name: id, in: path, required: true, schema: {type: string}}]
          get:
            responses: {"200": {content: {application/json: {schema: {$ref: "#/components/schemas/Pet"}}}}}
          patch:
            requestBody: {content: {application/json: {schema: {$ref: "#/components/schemas/Pet"}}}}
            responses: {"200": {content: {application/json: {schema: {$ref: "#/components/schemas/Pet"}}}}}
          delete: {responses: {"204": {description: gone}}}
      components:
        schemas:
          Pet:
            type: object
            required: [name]
            properties:
              id: {type: string, readOnly: true}
              name: {type: string, pattern: "^[a-z]+$", description: Its name.}
              age: {type: integer, minimum: 0, default: 1}
              status: {type: string, enum: [pending, available]}
              owner: {allOf: [{type: object, properties: {name: {type: string, nullable: true}}}]}
              toy: {oneOf: [{$ref: "#/components/schemas/Ball"}, {$ref: "#/components/schemas/Bone"}]}
          Ball: {type: object, properties: {kind: {type: string, enum: [ball]}, weight: {type: number}}}
          Bone: {type: object, properties: {kind: {type: string, enum: [bone]}, tags: {type: object, additionalProperties: {type: string}}}}
      """;

  private TrainingRun() {}

  public static void main(String[] args) throws IOException, InterruptedException {
    Server server =
        NettyServerBuilder.forAddress(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                InsecureServerCredentials.create())
            .addService(new OneRun())
            .build()
            .start();
    Path workflow = Files.createTempFile("pawl-training", ".yaml");
    Path document = Files.createTempFile("pawl-training", ".yaml");
    Path classes = Files.createTempFile("pawl-training", ".jar");
    try {
      Files.write(workflow, "spec: {inputs: {a: {type: string}}, steps: []}\n".getBytes(UTF_8));
      Files.write(document, DOCUMENT.getBytes(UTF_8));
      String address = "127.0.0.1:" + server.getPort();
      command("--version");
      command("run", "--help");
      command("no-such-command");
      command("run", workflow.toString(), "--input", "a=1", "--input", "b=2", "--server", address);
      command("show", OneRun.ID, "-o", "json", "--server", address);
      command("watch", OneRun.ID, "--server", address);
      command("runs", "--server", address);
      command("show", "unknown", "--server", address);
      command("codegen", document.toString(), "--jar", classes.toString());
    } finally {
      Files.delete(workflow);
      Files.delete(document);
      Files.delete(classes);
      server.shutdownNow().awaitTermination();
    }
  }

  private static void command(String... line) {
    PrintWriter nowhere = new PrintWriter(new StringWriter());
    new CommandLineRunner(
            new Surroundings(nowhere, nowhere, Map.of(), Terminal.NONE, Servers.ofThisBuild()))
        .run(line);
  }
}
