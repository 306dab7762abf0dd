package dev.pawl.server.api;

import static java.util.Objects.requireNonNull;

import dev.pawl.server.api.error.Answer;
import dev.pawl.server.api.map.CareMapper;
import dev.pawl.server.api.map.DataMapper;
import dev.pawl.server.engine.AuditData;
import dev.pawl.server.engine.ImportResource;
import dev.pawl.server.engine.ReadData;
import dev.pawl.server.engine.RebuildData;
import dev.pawl.server.engine.ResolveResource;
import dev.pawl.v1.AuditDataRequest;
import dev.pawl.v1.AuditDataResponse;
import dev.pawl.v1.ImportResourceRequest;
import dev.pawl.v1.ImportResourceResponse;
import dev.pawl.v1.RebuildDataRequest;
import dev.pawl.v1.RebuildDataResponse;
import dev.pawl.v1.ResolveResourceRequest;
import dev.pawl.v1.ResolveResourceResponse;
import io.grpc.stub.StreamObserver;
import jakarta.inject.Inject;

/** The calls of the data repository's service for those who mend and check what is stored. */
public final class DataCare {
  private final ResolveResource resolve;
  private final ImportResource imports;
  private final RebuildData rebuild;
  private final AuditData audit;
  private final ReadData read;
  private final OpenStreams streams;

  @Inject
  public DataCare(
      ResolveResource resolve,
      ImportResource imports,
      RebuildData rebuild,
      AuditData audit,
      ReadData read,
      OpenStreams streams) {
    this.resolve = requireNonNull(resolve);
    this.imports = requireNonNull(imports);
    this.rebuild = requireNonNull(rebuild);
    this.audit = requireNonNull(audit);
    this.read = requireNonNull(read);
    this.streams = requireNonNull(streams);
  }

  void resolve(ResolveResourceRequest request, StreamObserver<ResolveResourceResponse> out) {
    Answer.whileWanted(
        "ResolveResource",
        out,
        () -> {
          ResolveResource.Result done =
              resolve.run(CareMapper.resolve(request, Requester.current()));
          return ResolveResourceResponse.newBuilder()
              .setData(DataMapper.data(done.row(), read.evidence(done.row())))
              .addAllWarnings(done.warnings())
              .build();
        });
  }

  void imports(ImportResourceRequest request, StreamObserver<ImportResourceResponse> out) {
    Answer.whileWanted(
        "ImportResource",
        out,
        () -> {
          ImportResource.Result done =
              imports.run(CareMapper.imports(request, Requester.current()));
          return ImportResourceResponse.newBuilder()
              .setData(DataMapper.data(done.row(), read.evidence(done.row())))
              .setAlreadyPresent(done.isAlreadyPresent())
              .build();
        });
  }

  void rebuild(RebuildDataRequest request, StreamObserver<RebuildDataResponse> out) {
    new StreamedAnswer<>("RebuildData", streams, out)
        .start(
            to ->
                rebuild.run(
                    CareMapper.rebuild(request, Requester.current()),
                    found -> to.sendOrEnd(CareMapper.rebuilt(found))));
  }

  void audit(AuditDataRequest request, StreamObserver<AuditDataResponse> out) {
    new StreamedAnswer<>("AuditData", streams, out)
        .start(
            to ->
                audit.run(
                    CareMapper.audit(request), found -> to.sendOrEnd(CareMapper.finding(found))));
  }
}
