package dev.pawl.server.api;

import dev.pawl.server.api.map.Fields;
import dev.pawl.server.api.map.Masks;
import dev.pawl.server.api.map.Pages;
import dev.pawl.server.api.map.WorkflowMapper;
import dev.pawl.server.engine.ListWorkflows;
import dev.pawl.server.store.StoredWorkflow;
import dev.pawl.server.store.WorkflowStore.Detail;
import dev.pawl.v1.ListWorkflowsRequest;
import dev.pawl.v1.ListWorkflowsResponse;
import dev.pawl.v1.Workflow;
import java.util.List;

/** Answers ListWorkflows: by name, or one name's versions from the newest. */
final class WorkflowPages {
  private static final String[] ON_REQUEST = {"definition", "inputs_schema_json"};

  private final ListWorkflows list;

  WorkflowPages(ListWorkflows list) {
    this.list = list;
  }

  ListWorkflowsResponse page(ListWorkflowsRequest request) {
    String namespace = Fields.namespace(request.getNamespace());
    String name = Fields.limited("name", request.getName(), Fields.MAX_NAME);
    int size = Pages.size(request.getPageSize());
    Masks mask = Masks.of(request.getReadMask(), Workflow.getDescriptor(), ON_REQUEST);
    Detail detail =
        mask.wants(ON_REQUEST[0]) || mask.wants(ON_REQUEST[1]) ? Detail.WHOLE : Detail.SUMMARY;
    Pages pages = Pages.of("ListWorkflows", namespace, name);
    List<String> cursor = pages.cursor(request.getPageToken(), 1);
    ListWorkflows.Page page =
        name.isEmpty()
            ? list.latest(namespace, cursor.isEmpty() ? "" : cursor.getFirst(), size, detail)
            : list.versions(namespace, name, Pages.number(cursor), size, detail);
    ListWorkflowsResponse.Builder answer = ListWorkflowsResponse.newBuilder();
    page.workflows().stream()
        .map(found -> mask.trimmed(WorkflowMapper.workflow(found)))
        .forEach(answer::addWorkflows);
    if (page.more()) {
      StoredWorkflow last = page.workflows().getLast();
      String next = name.isEmpty() ? last.name() : Long.toString(last.version());
      answer.setNextPageToken(pages.token(List.of(next)));
    }
    return answer.build();
  }
}
