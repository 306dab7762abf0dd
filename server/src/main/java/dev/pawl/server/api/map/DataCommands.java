package dev.pawl.server.api.map;

import dev.pawl.model.data.ClaimMode;
import dev.pawl.server.engine.ClaimForClient;
import dev.pawl.server.engine.CompleteClaim;
import dev.pawl.server.engine.CreateOrGet;
import dev.pawl.server.engine.PutData;
import dev.pawl.server.failure.ServerFailure;
import dev.pawl.server.models.MethodCall.Reuse;
import dev.pawl.v1.ClaimRequest;
import dev.pawl.v1.CompleteRequest;
import dev.pawl.v1.CreateOrGetRequest;
import dev.pawl.v1.PutDataRequest;
import java.time.Duration;
import java.util.function.BooleanSupplier;

/** Requests about data as commands, checked field by field. */
public final class DataCommands {
  private static final int MAX_TOKEN = 8192;
  private static final Duration DEFAULT_LEASE = Duration.ofSeconds(30);
  private static final Duration LEAST_LEASE = Duration.ofSeconds(1);
  private static final Duration MOST = Duration.ofMinutes(10);

  private DataCommands() {}

  public static CreateOrGet.Command createOrGet(CreateOrGetRequest request, String requester) {
    return new CreateOrGet.Command(
        Keys.state(request.getKey()),
        JsonText.object("arguments_json", request.getArgumentsJson()),
        OptionsMapper.options(request.getOptions()),
        request.getOptions().getSkipIfExists() ? Reuse.IF_EXISTS : Reuse.BY_METHOD,
        RunCommands.timeout(request.hasTimeout(), request.getTimeout()),
        requester);
  }

  /**
   * A wish to claim.
   *
   * @param gone whether the caller no longer listens
   */
  public static ClaimForClient.Command claim(
      ClaimRequest request, String requester, BooleanSupplier gone) {
    String holder = Fields.limited("holder", request.getHolder(), Fields.MAX_NAME);
    return new ClaimForClient.Command(
        Keys.resource(request.getKey()),
        Fields.limited("fingerprint", request.getFingerprint(), Fields.MAX_NAME),
        request.hasLease() ? lease(request.getLease()) : DEFAULT_LEASE,
        request.hasWait()
            ? Times.between("wait", request.getWait(), Duration.ZERO, MOST)
            : Duration.ZERO,
        mode(request),
        holder.isEmpty() ? requester : holder,
        Fields.limited("account", request.getAccount(), Fields.MAX_NAME),
        gone);
  }

  public static CompleteClaim.Command complete(CompleteRequest request) {
    return new CompleteClaim.Command(
        token(request.getClaimToken()),
        JsonText.value("data_json", request.getDataJson()),
        request.hasExternalId()
            ? Fields.required("external_id", request.getExternalId(), Fields.MAX_WORDS)
            : null,
        request.hasAccount()
            ? Fields.limited("account", request.getAccount(), Fields.MAX_NAME)
            : null);
  }

  /** A version to be stored by hand. */
  public static PutData.Command put(PutDataRequest request, String requester) {
    return new PutData.Command(
        Keys.resource(request.getKey()),
        JsonText.value("data_json", request.getDataJson()),
        request.hasExternalId()
            ? Fields.required("external_id", request.getExternalId(), Fields.MAX_WORDS)
            : null,
        request.hasAccount()
            ? Fields.required("account", request.getAccount(), Fields.MAX_NAME)
            : null,
        request.hasExpectedVersion()
            ? Fields.notNegative("expected_version", request.getExpectedVersion())
            : null,
        Fields.idempotencyKey(request.hasIdempotencyKey(), request.getIdempotencyKey()),
        requester);
  }

  public static String token(String given) {
    return Fields.required("claim_token", given, MAX_TOKEN);
  }

  public static Duration lease(com.google.protobuf.Duration given) {
    return Times.between("lease", given, LEAST_LEASE, MOST);
  }

  private static ClaimMode mode(ClaimRequest request) {
    return switch (request.getMode()) {
      case CLAIM_MODE_UNSPECIFIED, CLAIM_MODE_CREATE -> ClaimMode.CREATE;
      case CLAIM_MODE_RECONCILE -> ClaimMode.RECONCILE;
      case UNRECOGNIZED ->
          throw ServerFailure.invalidField("mode", "holds a value that this server does not know");
    };
  }
}
