package dev.pawl.server.api;

import dev.pawl.model.ResourceKey;
import dev.pawl.model.data.ResourceState;
import dev.pawl.model.data.StoredResource;
import dev.pawl.server.api.map.DataMapper;
import dev.pawl.server.api.map.Fields;
import dev.pawl.server.api.map.Keys;
import dev.pawl.server.api.map.Masks;
import dev.pawl.server.api.map.Pages;
import dev.pawl.server.api.map.Times;
import dev.pawl.server.engine.ReadData;
import dev.pawl.v1.Data;
import dev.pawl.v1.ListDataRequest;
import dev.pawl.v1.ListDataResponse;
import dev.pawl.v1.ListVersionsRequest;
import dev.pawl.v1.ListVersionsResponse;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Answers ListData and ListVersions. */
final class ListData {
  private static final String EVIDENCE = "evidence";

  private final ReadData read;

  ListData(ReadData read) {
    this.read = read;
  }

  ListDataResponse page(ListDataRequest request) {
    String namespace = Fields.namespace(request.getNamespace());
    String type = Fields.limited("model_type", request.getModelType(), Fields.MAX_NAME);
    String prefix = Fields.limited("instance_prefix", request.getInstancePrefix(), Fields.MAX_NAME);
    String account = Fields.limited("account", request.getAccount(), Fields.MAX_NAME);
    Set<ResourceState> states =
        request.getStatesList().stream().map(DataMapper::state).collect(Collectors.toSet());
    Masks mask = Masks.of(request.getReadMask(), Data.getDescriptor(), EVIDENCE);
    Pages pages =
        Pages.of("ListData", namespace, type, prefix, account, states.stream().sorted().toList());
    List<String> cursor = pages.cursor(request.getPageToken(), 3);
    ReadData.Page page =
        read.list(
            new ReadData.Query(
                namespace,
                key(namespace, cursor),
                Pages.size(request.getPageSize()),
                type.isEmpty() ? null : type,
                prefix,
                states,
                account));
    ListDataResponse.Builder answer =
        ListDataResponse.newBuilder().setInstallationId(read.installationId());
    page.rows().stream().map(row -> mask.trimmed(data(row, mask))).forEach(answer::addData);
    ResourceKey next = page.next();
    if (next != null) {
      answer.setNextPageToken(
          pages.token(List.of(next.modelType(), next.instance(), next.outputSpec())));
    }
    return answer.build();
  }

  private Data data(ReadData.Listed listed, Masks mask) {
    StoredResource row = listed.row();
    Data data = DataMapper.data(row, mask.wants(EVIDENCE) ? read.evidence(row) : List.of());
    return listed.storedAt() == null
        ? data
        : data.toBuilder().setUpdateTime(Times.timestamp(listed.storedAt())).build();
  }

  private static @Nullable ResourceKey key(String namespace, List<String> cursor) {
    return cursor.isEmpty()
        ? null
        : new ResourceKey(namespace, cursor.get(0), cursor.get(1), cursor.get(2));
  }

  ListVersionsResponse page(ListVersionsRequest request) {
    ResourceKey key = Keys.resource(request.getKey());
    int size = Pages.size(request.getPageSize());
    Pages pages = Pages.of("ListVersions", key);
    List<String> cursor = pages.cursor(request.getPageToken(), 1);
    List<ReadData.Version> found = read.versions(key, Pages.number(cursor), size + 1);
    ListVersionsResponse.Builder answer = ListVersionsResponse.newBuilder();
    found.stream().limit(size).map(DataMapper::version).forEach(answer::addVersions);
    if (found.size() > size) {
      answer.setNextPageToken(pages.token(List.of(Long.toString(found.get(size - 1).version()))));
    }
    return answer.build();
  }
}
