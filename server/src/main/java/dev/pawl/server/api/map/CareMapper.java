package dev.pawl.server.api.map;

import dev.pawl.server.engine.AuditData;
import dev.pawl.server.engine.AuditFinding;
import dev.pawl.server.engine.ImportResource;
import dev.pawl.server.engine.RebuildData;
import dev.pawl.server.engine.RebuiltResource;
import dev.pawl.server.engine.ResolveResource;
import dev.pawl.server.engine.ResolveResource.Decision;
import dev.pawl.server.failure.ServerFailure;
import dev.pawl.v1.AdoptObject;
import dev.pawl.v1.AuditDataRequest;
import dev.pawl.v1.AuditDataResponse;
import dev.pawl.v1.ImportResourceRequest;
import dev.pawl.v1.RebuildDataRequest;
import dev.pawl.v1.RebuildDataResponse;
import dev.pawl.v1.RebuildResult;
import dev.pawl.v1.ResolveResourceRequest;

/** What those ask and are told who mend and check what is stored. */
public final class CareMapper {
  private static final int MOST_DEFINITIONS = 100;

  private CareMapper() {}

  public static ResolveResource.Command resolve(ResolveResourceRequest request, String requester) {
    return new ResolveResource.Command(
        Keys.resource(request.getKey()),
        switch (request.getResolutionCase()) {
          case ADOPT -> adopt(request.getAdopt());
          case ABSENT -> new Decision.Absent();
          case RESOLUTION_NOT_SET ->
              throw ServerFailure.invalidField("resolution", "is required: adopt or absent");
        },
        Fields.required("reason", request.getReason(), Fields.MAX_WORDS),
        request.hasExpectedFencingToken()
            ? Fields.notNegative("expected_fencing_token", request.getExpectedFencingToken())
            : null,
        requester);
  }

  private static Decision adopt(AdoptObject adopt) {
    return new Decision.Adopt(
        Fields.limited("adopt.external_id", adopt.getExternalId(), Fields.MAX_WORDS),
        adopt.getDataJson().isEmpty()
            ? null
            : JsonText.value("adopt.data_json", adopt.getDataJson()),
        adopt.hasAccount()
            ? Fields.required("adopt.account", adopt.getAccount(), Fields.MAX_NAME)
            : null);
  }

  public static ImportResource.Command imports(ImportResourceRequest request, String requester) {
    return new ImportResource.Command(
        Keys.state(request.getKey()),
        Fields.required("external_id", request.getExternalId(), Fields.MAX_WORDS),
        JsonText.object("arguments_json", request.getArgumentsJson()),
        requester);
  }

  public static RebuildData.Command rebuild(RebuildDataRequest request, String requester) {
    int count = request.getDefinitionsCount();
    if (count == 0 || count > MOST_DEFINITIONS) {
      throw ServerFailure.invalidField(
          "definitions", "has " + count + "; 1 to " + MOST_DEFINITIONS + " are allowed");
    }
    return new RebuildData.Command(
        Fields.namespace(request.getNamespace()),
        Fields.required("installation_id", request.getInstallationId().strip(), Fields.MAX_NAME),
        request.getDefinitionsList().stream()
            .map(
                d ->
                    new RebuildData.Definition(
                        d.getFileName().isEmpty() ? "workflow" : d.getFileName(),
                        JsonText.sized("definitions", d.getText())))
            .toList(),
        JsonText.object("inputs_json", request.getInputsJson()),
        request.getDryRun(),
        requester);
  }

  public static RebuildDataResponse rebuilt(RebuiltResource found) {
    return RebuildDataResponse.newBuilder()
        .setKey(Keys.message(found.key()))
        .setResult(RebuildResult.valueOf("REBUILD_RESULT_" + found.result().name()))
        .addAllExternalIds(found.externalIds())
        .setMessage(found.message())
        .build();
  }

  public static AuditData.Command audit(AuditDataRequest request) {
    String type = Fields.limited("model_type", request.getModelType(), Fields.MAX_NAME);
    return new AuditData.Command(
        Fields.namespace(request.getNamespace()), type.isEmpty() ? null : type);
  }

  public static AuditDataResponse finding(AuditFinding found) {
    AuditDataResponse.Builder out =
        AuditDataResponse.newBuilder()
            .setFinding(dev.pawl.v1.AuditFinding.valueOf("AUDIT_FINDING_" + found.kind().name()))
            .addAllExternalIds(found.externalIds())
            .setModelType(found.modelType())
            .setMessage(found.message());
    if (found.key() != null) {
      out.setKey(Keys.message(found.key()));
    }
    found.differs().stream().map(DataMapper::difference).forEach(out::addDiffers);
    return out.build();
  }
}
