package dev.pawl.cli.command;

import dev.pawl.cli.Surroundings;
import dev.pawl.cli.failure.CliException;
import dev.pawl.cli.failure.ExitCode;
import dev.pawl.cli.output.DataDocument;
import dev.pawl.cli.output.Json;
import dev.pawl.cli.output.Output;
import dev.pawl.cli.remote.Session;
import dev.pawl.v1.AdoptObject;
import dev.pawl.v1.DataRepositoryServiceGrpc;
import dev.pawl.v1.DeclareAbsent;
import dev.pawl.v1.ResolveResourceRequest;
import dev.pawl.v1.ResolveResourceResponse;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "resolve",
    description = {
      "Settles a doubt by your decision: this object is the one, or there is none.",
      "The object is read at its API before it is stored; the decision is kept in the audit.",
      "Look at the evidence first: pawl data get TYPE INSTANCE."
    },
    footer = {
      "",
      "Examples:",
      "  pawl data resolve digitalocean/droplet web-1 --adopt 3164444",
      "  pawl data resolve digitalocean/droplet web-1 --absent --reason 'not in the console'"
    })
final class DataResolveCommand extends BaseCommand {
  @Mixin final ResourceArguments resource = new ResourceArguments();

  @Option(
      names = "--adopt",
      paramLabel = "ID",
      order = 11,
      description = "This object is the one, by its id at the API; parts of an id joined with ';'.")
  @Nullable String adopt;

  @Option(
      names = "--absent",
      order = 12,
      description = "There is no object: the next create may be sent.")
  boolean absent;

  @Option(
      names = "--data",
      paramLabel = "JSON|@FILE",
      order = 13,
      description = "With --adopt: its attributes, for what the server can't read.")
  @Nullable String data;

  @Option(
      names = "--account",
      paramLabel = "NAME",
      order = 14,
      description = "With --adopt: the account it lives in. Default: the connection's.")
  @Nullable String account;

  @Option(
      names = "--reason",
      paramLabel = "TEXT",
      order = 15,
      description = "Why, for the audit. Default: that this command was used.")
  String reason = "";

  @Option(
      names = "--fencing-token",
      paramLabel = "N",
      order = 16,
      description = "Only the doubt that was seen under this token (pawl data get -o json).")
  @Nullable Long fencingToken;

  @Mixin final ConnectionOptions connections = new ConnectionOptions();
  @Mixin final ServerChoice server = new ServerChoice();

  DataResolveCommand(Surroundings surroundings) {
    super(surroundings);
  }

  @Override
  ExitCode execute(Output output) throws Exception {
    ResolveResourceRequest.Builder request =
        ResolveResourceRequest.newBuilder()
            .setKey(resource.key(server.namespace(surroundings())))
            .setReason(reason.isBlank() ? defaultReason() : reason);
    decide(request);
    if (fencingToken != null) {
      request.setExpectedFencingToken(fencingToken);
    }
    try (Session session = server.open(surroundings(), connections.wishes(surroundings()))) {
      ResolveResourceResponse response =
          DataRepositoryServiceGrpc.newBlockingStub(session.channel())
              .resolveResource(request.build());
      response.getWarningsList().forEach(output::warning);
      output.answer(
          Json.object(
              "data",
              DataDocument.json(response.getData()),
              "warnings",
              response.getWarningsList()),
          DataDocument.lines(response.getData()));
    }
    return ExitCode.OK;
  }

  private void decide(ResolveResourceRequest.Builder request) {
    boolean adopts = adopt != null || data != null;
    if (adopts == absent) {
      throw CliException.usage(
          absent
              ? "--adopt and --absent are both given: choose one"
              : "what you decide is missing: give --adopt ID or --absent");
    }
    if (absent) {
      request.setAbsent(DeclareAbsent.getDefaultInstance());
      return;
    }
    AdoptObject.Builder object = AdoptObject.newBuilder();
    if (adopt != null) {
      object.setExternalId(adopt);
    }
    if (data != null) {
      object.setDataJson(
          data.startsWith("@") ? WorkflowFile.text(Path.of(data.substring(1))) : data);
    }
    if (account != null) {
      object.setAccount(account);
    }
    request.setAdopt(object);
  }

  private String defaultReason() {
    return "pawl data resolve"
        + surroundings().variable("USER").map(user -> " by " + user).orElse("");
  }
}
