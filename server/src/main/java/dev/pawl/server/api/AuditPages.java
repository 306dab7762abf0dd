package dev.pawl.server.api;

import dev.pawl.model.ResourceKey;
import dev.pawl.server.api.map.AuditMapper;
import dev.pawl.server.api.map.Fields;
import dev.pawl.server.api.map.Pages;
import dev.pawl.server.engine.ListAudit;
import dev.pawl.server.store.AuditEntry;
import dev.pawl.server.store.AuditStore;
import dev.pawl.v1.ListAuditEventsRequest;
import dev.pawl.v1.ListAuditEventsResponse;
import java.util.List;
import java.util.Objects;

/** Answers ListAuditEvents. */
final class AuditPages {
  private final ListAudit list;

  AuditPages(ListAudit list) {
    this.list = list;
  }

  ListAuditEventsResponse page(ListAuditEventsRequest request) {
    String namespace = Fields.namespace(request.getNamespace());
    ResourceKey key = request.hasKey() ? AuditMapper.key(namespace, request.getKey()) : null;
    String run = Fields.limited("run_id", request.getRunId(), Fields.MAX_NAME);
    var from = request.hasFromTime() ? AuditMapper.from(request.getFromTime()) : null;
    int size = Pages.size(request.getPageSize());
    Pages pages =
        Pages.of(
            "ListAuditEvents", namespace, Objects.toString(key, ""), run, from == null ? "" : from);
    List<AuditEntry> found =
        list.run(
            new AuditStore.Query(
                namespace,
                Pages.number(pages.cursor(request.getPageToken(), 1)),
                size + 1,
                key,
                run,
                from));
    ListAuditEventsResponse.Builder answer = ListAuditEventsResponse.newBuilder();
    found.stream().limit(size).map(AuditMapper::event).forEach(answer::addEvents);
    if (found.size() > size) {
      answer.setNextPageToken(pages.token(List.of(Long.toString(found.get(size - 1).id()))));
    }
    return answer.build();
  }
}
