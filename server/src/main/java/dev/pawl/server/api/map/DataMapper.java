package dev.pawl.server.api.map;

import dev.pawl.model.FieldDifference;
import dev.pawl.model.Outcome;
import dev.pawl.model.data.Evidence;
import dev.pawl.model.data.ResourceState;
import dev.pawl.model.data.StoredResource;
import dev.pawl.model.data.StoredResource.OpenClaim;
import dev.pawl.server.engine.ReadData;
import dev.pawl.v1.ClaimHolder;
import dev.pawl.v1.Data;
import dev.pawl.v1.DataState;
import dev.pawl.v1.DataVersion;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Stored state as messages. */
public final class DataMapper {
  private DataMapper() {}

  /** A row as it stands now. */
  public static Data data(StoredResource row, List<Evidence> evidence) {
    ResourceState state = row.effectiveState();
    Data.Builder out =
        Data.newBuilder()
            .setKey(Keys.message(row.key()))
            .setState(state(state))
            .setVersion(row.version())
            .setIncarnation(row.incarnation())
            .setDataJson(JsonText.text(row.data()))
            .setExternalId(orEmpty(row.externalId()))
            .setAccount(orEmpty(row.account()))
            .setFingerprint(orEmpty(row.fingerprint()));
    if (row.createdAt() != null) {
      out.setCreateTime(Times.timestamp(row.createdAt()));
    }
    if (row.verifiedAt() != null) {
      out.setVerifyTime(Times.timestamp(row.verifiedAt()));
    }
    OpenClaim open = row.claim();
    if (open != null && (state == ResourceState.CLAIMED || state == ResourceState.IN_DOUBT)) {
      out.setHolder(holder(row, open));
    }
    if (state == ResourceState.IN_DOUBT) {
      out.setEvidence(EvidenceMapper.evidence(row, evidence));
    }
    return out.build();
  }

  /** A row with the version that was read with it. */
  public static Data data(ReadData.Found found, long wantedVersion) {
    Data latest = data(found.row(), found.evidence());
    ReadData.Version version = found.version();
    if (version == null) {
      return latest;
    }
    Data.Builder out = latest.toBuilder().setUpdateTime(Times.timestamp(version.at()));
    if (wantedVersion != 0) {
      out.setVersion(version.version())
          .setIncarnation(version.incarnation())
          .setState(state(version.state()))
          .setDataJson(JsonText.text(version.data()))
          .setExternalId(version.externalId());
    }
    return out.build();
  }

  public static DataVersion version(ReadData.Version version) {
    return DataVersion.newBuilder()
        .setVersion(version.version())
        .setIncarnation(version.incarnation())
        .setState(state(version.state()))
        .setDataJson(JsonText.text(version.data()))
        .setExternalId(version.externalId())
        .setCreateTime(Times.timestamp(version.at()))
        .setRunId(version.runId())
        .build();
  }

  /** The wire's word for an outcome. */
  public static dev.pawl.v1.Outcome outcome(Outcome outcome) {
    return dev.pawl.v1.Outcome.valueOf("OUTCOME_" + outcome.name());
  }

  public static dev.pawl.v1.FieldDifference difference(FieldDifference field) {
    return dev.pawl.v1.FieldDifference.newBuilder()
        .setPath(field.path())
        .setStoredJson(JsonText.text(field.stored()))
        .setWantedJson(JsonText.text(field.wanted()))
        .build();
  }

  static DataState state(ResourceState state) {
    return DataState.valueOf("DATA_STATE_" + state.name());
  }

  /** The states that a filter names. */
  public static ResourceState state(DataState state) {
    return switch (state) {
      case DATA_STATE_ABSENT -> ResourceState.ABSENT;
      case DATA_STATE_CLAIMED -> ResourceState.CLAIMED;
      case DATA_STATE_PRESENT -> ResourceState.PRESENT;
      case DATA_STATE_IN_DOUBT -> ResourceState.IN_DOUBT;
      case DATA_STATE_DELETED -> ResourceState.DELETED;
      case DATA_STATE_UNSPECIFIED, UNRECOGNIZED ->
          throw dev.pawl.server.failure.ServerFailure.invalidField(
              "states", "names a state that this server does not know");
    };
  }

  private static ClaimHolder holder(StoredResource row, OpenClaim open) {
    return ClaimHolder.newBuilder()
        .setHolder(open.holder())
        .setFencingToken(row.fencingToken())
        .setLeaseExpireTime(Times.timestamp(open.leaseUntil()))
        .setGrantTime(Times.timestamp(open.sentAt()))
        .build();
  }

  private static String orEmpty(@Nullable String text) {
    return text == null ? "" : text;
  }
}
