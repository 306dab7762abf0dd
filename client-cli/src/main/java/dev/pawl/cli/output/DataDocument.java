package dev.pawl.cli.output;

import dev.pawl.v1.Data;
import dev.pawl.v1.DataVersion;
import dev.pawl.v1.Evidence;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Stored state as documents and lines. */
public final class DataDocument {
  private DataDocument() {}

  public static Map<String, @Nullable Object> json(Data data) {
    return Json.object(
        "namespace", data.getKey().getNamespace(),
        "type", data.getKey().getModelType(),
        "instance", data.getKey().getInstance(),
        "outputSpec", data.getKey().getOutputSpec(),
        "state", Names.of(data.getState()),
        "version", data.getVersion(),
        "incarnation", data.getIncarnation(),
        "externalId", Json.orNull(data.getExternalId()),
        "account", Json.orNull(data.getAccount()),
        "createTime", Times.json(data.hasCreateTime(), data.getCreateTime()),
        "updateTime", Times.json(data.hasUpdateTime(), data.getUpdateTime()),
        "verifyTime", Times.json(data.hasVerifyTime(), data.getVerifyTime()),
        "holder", data.hasHolder() ? data.getHolder().getHolder() : null,
        "fencingToken", data.hasHolder() ? data.getHolder().getFencingToken() : null,
        "evidence", data.hasEvidence() ? evidence(data.getEvidence()) : null,
        "data", new Json.Raw(data.getDataJson()));
  }

  public static List<String> lines(Data data) {
    List<String> lines = new ArrayList<>();
    lines.add(
        "%s %s: %s, version %d%s"
            .formatted(
                data.getKey().getModelType(),
                data.getKey().getInstance(),
                Names.of(data.getState()),
                data.getVersion(),
                data.getExternalId().isEmpty() ? "" : ", id " + data.getExternalId()));
    if (data.hasEvidence()) {
      lines.add(data.getEvidence().getSummary());
      data.getEvidence()
          .getCandidatesList()
          .forEach(c -> lines.add("candidate: " + c.getExternalId()));
    }
    if (!data.getDataJson().isEmpty()) {
      lines.add(data.getDataJson());
    }
    return lines;
  }

  public static Map<String, @Nullable Object> json(DataVersion version) {
    return Json.object(
        "version", version.getVersion(),
        "incarnation", version.getIncarnation(),
        "state", Names.of(version.getState()),
        "externalId", Json.orNull(version.getExternalId()),
        "createTime", Times.json(version.hasCreateTime(), version.getCreateTime()),
        "run", Json.orNull(version.getRunId()),
        "step", Json.orNull(version.getStepId()),
        "data", new Json.Raw(version.getDataJson()));
  }

  private static Map<String, @Nullable Object> evidence(Evidence evidence) {
    return Json.object(
        "summary", evidence.getSummary(),
        "sendNumber", evidence.getSendNumber(),
        "marker", Json.orNull(evidence.getMarker()),
        "requestToken", Json.orNull(evidence.getRequestToken()),
        "cause", Json.orNull(evidence.getCause()),
        "quarantineEndTime",
            Times.json(evidence.hasQuarantineEndTime(), evidence.getQuarantineEndTime()),
        "candidates", evidence.getCandidatesList().stream().map(c -> c.getExternalId()).toList());
  }
}
