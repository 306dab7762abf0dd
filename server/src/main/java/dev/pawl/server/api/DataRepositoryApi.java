package dev.pawl.server.api;

import dev.pawl.model.ResourceKey;
import dev.pawl.server.api.error.Answer;
import dev.pawl.server.api.map.ClaimMapper;
import dev.pawl.server.api.map.DataCommands;
import dev.pawl.server.api.map.DataMapper;
import dev.pawl.server.api.map.Fields;
import dev.pawl.server.api.map.Keys;
import dev.pawl.server.api.map.Masks;
import dev.pawl.server.api.map.Times;
import dev.pawl.server.engine.AbandonClaim;
import dev.pawl.server.engine.ClaimForClient;
import dev.pawl.server.engine.CompleteClaim;
import dev.pawl.server.engine.CreateOrGet;
import dev.pawl.server.engine.ForgetData;
import dev.pawl.server.engine.ListAudit;
import dev.pawl.server.engine.PutData;
import dev.pawl.server.engine.ReadData;
import dev.pawl.server.engine.RenewClaim;
import dev.pawl.v1.AbandonRequest;
import dev.pawl.v1.AbandonResponse;
import dev.pawl.v1.AuditDataRequest;
import dev.pawl.v1.AuditDataResponse;
import dev.pawl.v1.ClaimRequest;
import dev.pawl.v1.ClaimResponse;
import dev.pawl.v1.CompleteRequest;
import dev.pawl.v1.CompleteResponse;
import dev.pawl.v1.CreateOrGetRequest;
import dev.pawl.v1.CreateOrGetResponse;
import dev.pawl.v1.Data;
import dev.pawl.v1.DataRepositoryServiceGrpc;
import dev.pawl.v1.DeleteDataRequest;
import dev.pawl.v1.DeleteDataResponse;
import dev.pawl.v1.GetDataRequest;
import dev.pawl.v1.GetDataResponse;
import dev.pawl.v1.ImportResourceRequest;
import dev.pawl.v1.ImportResourceResponse;
import dev.pawl.v1.ListAuditEventsRequest;
import dev.pawl.v1.ListAuditEventsResponse;
import dev.pawl.v1.ListDataRequest;
import dev.pawl.v1.ListDataResponse;
import dev.pawl.v1.ListVersionsRequest;
import dev.pawl.v1.ListVersionsResponse;
import dev.pawl.v1.PutDataRequest;
import dev.pawl.v1.PutDataResponse;
import dev.pawl.v1.RebuildDataRequest;
import dev.pawl.v1.RebuildDataResponse;
import dev.pawl.v1.RenewRequest;
import dev.pawl.v1.RenewResponse;
import dev.pawl.v1.ResolveResourceRequest;
import dev.pawl.v1.ResolveResourceResponse;
import io.grpc.Context;
import io.grpc.stub.StreamObserver;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;

/** {@code pawl.v1.DataRepositoryService}. */
public final class DataRepositoryApi
    extends DataRepositoryServiceGrpc.DataRepositoryServiceImplBase {
  private final CreateOrGet createOrGet;
  private final ClaimForClient claim;
  private final CompleteClaim complete;
  private final AbandonClaim abandon;
  private final RenewClaim renew;
  private final ReadData read;
  private final ForgetData forget;
  private final PutData put;
  private final ListData lists;
  private final AuditPages audit;
  private final DataCare care;

  @Inject
  public DataRepositoryApi(
      CreateOrGet createOrGet,
      ClaimForClient claim,
      CompleteClaim complete,
      AbandonClaim abandon,
      RenewClaim renew,
      ReadData read,
      ForgetData forget,
      PutData put,
      ListAudit audit,
      DataCare care) {
    this.createOrGet = createOrGet;
    this.claim = claim;
    this.complete = complete;
    this.abandon = abandon;
    this.renew = renew;
    this.read = read;
    this.forget = forget;
    this.put = put;
    this.lists = new ListData(read);
    this.audit = new AuditPages(audit);
    this.care = care;
  }

  @Override
  public void createOrGet(CreateOrGetRequest request, StreamObserver<CreateOrGetResponse> out) {
    Answer.with(
        "CreateOrGet",
        out,
        () -> {
          CreateOrGet.Result made =
              createOrGet.run(DataCommands.createOrGet(request, Requester.current()));
          CreateOrGetResponse.Builder answer =
              CreateOrGetResponse.newBuilder()
                  .setData(DataMapper.data(made.row(), read.evidence(made.row())))
                  .setOutcome(DataMapper.outcome(made.result().outcome()))
                  .addAllWarnings(made.result().warnings());
          made.result().differs().stream().map(DataMapper::difference).forEach(answer::addDiffers);
          return answer.build();
        });
  }

  @Override
  public void claim(ClaimRequest request, StreamObserver<ClaimResponse> out) {
    Answer.with(
        "Claim",
        out,
        () -> {
          Context call = Context.current();
          return ClaimMapper.response(
              claim.run(DataCommands.claim(request, Requester.current(), call::isCancelled)));
        });
  }

  @Override
  public void complete(CompleteRequest request, StreamObserver<CompleteResponse> out) {
    Answer.with(
        "Complete",
        out,
        () -> {
          CompleteClaim.Result done = complete.run(DataCommands.complete(request));
          return CompleteResponse.newBuilder()
              .setData(DataMapper.data(done.row(), read.evidence(done.row())))
              .setResult(ClaimMapper.effect(done.effect()))
              .build();
        });
  }

  @Override
  public void abandon(AbandonRequest request, StreamObserver<AbandonResponse> out) {
    Answer.with(
        "Abandon",
        out,
        () -> {
          var row =
              abandon.run(
                  DataCommands.token(request.getClaimToken()),
                  Fields.limited("reason", request.getReason(), Fields.MAX_WORDS));
          return AbandonResponse.newBuilder()
              .setData(DataMapper.data(row, read.evidence(row)))
              .build();
        });
  }

  @Override
  public void renew(RenewRequest request, StreamObserver<RenewResponse> out) {
    Answer.with(
        "Renew",
        out,
        () -> {
          String token = DataCommands.token(request.getClaimToken());
          Duration lease = request.hasLease() ? DataCommands.lease(request.getLease()) : null;
          Instant until = renew.run(token, lease);
          return RenewResponse.newBuilder().setLeaseExpireTime(Times.timestamp(until)).build();
        });
  }

  @Override
  public void getData(GetDataRequest request, StreamObserver<GetDataResponse> out) {
    Answer.with(
        "GetData",
        out,
        () -> {
          ResourceKey key = Keys.resource(request.getKey());
          long version = Fields.notNegative("version", request.getVersion());
          Masks mask = Masks.of(request.getReadMask(), Data.getDescriptor());
          Data data = DataMapper.data(read.find(key, version), version);
          return GetDataResponse.newBuilder().setData(mask.trimmed(data)).build();
        });
  }

  @Override
  public void listData(ListDataRequest request, StreamObserver<ListDataResponse> out) {
    Answer.with("ListData", out, () -> lists.page(request));
  }

  @Override
  public void listVersions(ListVersionsRequest request, StreamObserver<ListVersionsResponse> out) {
    Answer.with("ListVersions", out, () -> lists.page(request));
  }

  @Override
  public void deleteData(DeleteDataRequest request, StreamObserver<DeleteDataResponse> out) {
    Answer.with(
        "DeleteData",
        out,
        () -> {
          ForgetData.Result done =
              forget.run(
                  Keys.resource(request.getKey()),
                  request.hasExpectedVersion() ? request.getExpectedVersion() : null,
                  Requester.current());
          return DeleteDataResponse.newBuilder()
              .setData(DataMapper.data(done.row(), read.evidence(done.row())))
              .setNotice(done.notice())
              .build();
        });
  }

  @Override
  public void putData(PutDataRequest request, StreamObserver<PutDataResponse> out) {
    Answer.with(
        "PutData",
        out,
        () -> {
          PutData.Result done = put.run(DataCommands.put(request, Requester.current()));
          return PutDataResponse.newBuilder()
              .setData(DataMapper.data(done.found(), done.version()))
              .setReplayed(done.replayed())
              .build();
        });
  }

  @Override
  public void importResource(
      ImportResourceRequest request, StreamObserver<ImportResourceResponse> out) {
    care.imports(request, out);
  }

  @Override
  public void resolveResource(
      ResolveResourceRequest request, StreamObserver<ResolveResourceResponse> out) {
    care.resolve(request, out);
  }

  @Override
  public void rebuildData(RebuildDataRequest request, StreamObserver<RebuildDataResponse> out) {
    care.rebuild(request, out);
  }

  @Override
  public void auditData(AuditDataRequest request, StreamObserver<AuditDataResponse> out) {
    care.audit(request, out);
  }

  @Override
  public void listAuditEvents(
      ListAuditEventsRequest request, StreamObserver<ListAuditEventsResponse> out) {
    Answer.with("ListAuditEvents", out, () -> audit.page(request));
  }
}
