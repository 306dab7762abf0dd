package dev.pawl.cli.command;

import dev.pawl.cli.Surroundings;
import dev.pawl.cli.remote.Session;
import dev.pawl.v1.DataRepositoryServiceGrpc;
import dev.pawl.v1.ListDataRequest;
import io.grpc.StatusRuntimeException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Tells at an embedded server's first start what has to be kept outside of its directory. */
final class FirstStart {
  private FirstStart() {}

  /** Whether a server in this directory would be a new one. */
  static boolean isAhead(Path dataDir) {
    return !Files.exists(dataDir.resolve("pgdata"));
  }

  static void tell(Session session, Surroundings surroundings) {
    String id;
    try {
      id =
          DataRepositoryServiceGrpc.newBlockingStub(session.channel())
              .listData(ListDataRequest.newBuilder().setPageSize(1).build())
              .getInstallationId();
    } catch (StatusRuntimeException e) {
      // The command's own call says it better.
      return;
    }
    surroundings
        .err()
        .println(
            "installation id: "
                + id
                + " (keep it outside of the data directory: `pawl data rebuild` needs it after a"
                + " loss)");
    surroundings.err().flush();
  }
}
