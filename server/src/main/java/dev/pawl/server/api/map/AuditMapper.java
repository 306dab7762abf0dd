package dev.pawl.server.api.map;

import com.google.protobuf.Timestamp;
import dev.pawl.model.ResourceKey;
import dev.pawl.server.failure.ServerFailure;
import dev.pawl.server.store.AuditEntry;
import dev.pawl.v1.AuditEvent;
import java.time.Instant;
import java.util.Locale;

/** The audit as messages. */
public final class AuditMapper {
  private AuditMapper() {}

  /** The resource that is asked about, in the request's namespace. */
  public static ResourceKey key(String namespace, dev.pawl.v1.ResourceKey given) {
    if (!given.getNamespace().isEmpty() && !given.getNamespace().equals(namespace)) {
      throw ServerFailure.invalidField(
          "key.namespace",
          "is '" + given.getNamespace() + "'; leave it empty, or give the request's: " + namespace);
    }
    return Keys.resource(given.toBuilder().setNamespace(namespace).build());
  }

  public static Instant from(Timestamp given) {
    return Times.instant("from_time", given);
  }

  /** Ids sort as texts as they do as numbers. */
  public static AuditEvent event(AuditEntry entry) {
    AuditEvent.Builder out =
        AuditEvent.newBuilder()
            .setEventId(String.format(Locale.ROOT, "%019d", entry.id()))
            .setTime(Times.timestamp(entry.at()))
            .setKind(entry.action())
            .setActor(entry.actor())
            .setRunId(entry.runId())
            .setSummary(entry.sentence())
            .setDetailsJson(JsonText.text(entry.detail()));
    if (entry.key() != null) {
      out.setKey(Keys.message(entry.key()));
    }
    return out.build();
  }
}
