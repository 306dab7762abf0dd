package dev.pawl.sandbox.answer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pawl.sandbox.document.DocumentedResponse;
import dev.pawl.sandbox.document.Shape;
import dev.pawl.sandbox.inference.Envelopes;
import dev.pawl.sandbox.inference.Names;
import dev.pawl.sandbox.inference.ResourceKind;
import dev.pawl.sandbox.state.Resource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Lists what was made, filtered and paged as the document says. */
final class ListItems {
  private final Simulation simulation;

  ListItems(Simulation simulation) {
    this.simulation = simulation;
  }

  ApiAnswer run(ApiRequest request, ResourceKind kind) {
    Filter filter = Filter.of(request, simulation.views(), kind);
    List<Resource> items =
        simulation.store().list(kind.name(), simulation.anchors(request)).stream()
            .filter(resource -> filter.accepts(resource.body()))
            .toList();
    Page page = Page.of(request, items, simulation.views().shapes());
    DocumentedResponse success = request.route().operation().success();
    JsonNode schema = success.schema().orElseThrow();
    Envelopes.Items list = simulation.views().items(schema, kind).orElseThrow();
    View view = simulation.views().listedItem(list, kind);
    ArrayNode shown = JsonNodeFactory.instance.arrayNode();
    for (Resource resource : items.subList(page.from(), page.end())) {
      shown.add(element(view, resource));
    }
    return answer(request, page, list.property(), shown);
  }

  /** A list of things nothing makes. */
  ApiAnswer none(ApiRequest request) {
    simulation.anchors(request);
    DocumentedResponse success = request.route().operation().success();
    Optional<Envelopes.Items> list =
        new Envelopes(simulation.views().shapes())
            .items(success.schema().orElseThrow(), "", Set.of());
    Page page = Page.of(request, List.of(), simulation.views().shapes());
    return answer(
        request,
        page,
        list.map(Envelopes.Items::property).orElse(Envelopes.BODY),
        JsonNodeFactory.instance.arrayNode());
  }

  private JsonNode element(View view, Resource resource) {
    Shape item = simulation.views().shapes().of(view.schema());
    if (item.isScalar()) {
      return JsonNodeFactory.instance.textNode(resource.key());
    }
    return view.keyed(simulation.visible(resource), resource.key());
  }

  private ApiAnswer answer(ApiRequest request, Page page, String property, ArrayNode shown) {
    DocumentedResponse success = request.route().operation().success();
    JsonNode source = shown;
    if (!property.equals(Envelopes.BODY)) {
      ObjectNode fields = PageFields.of(request, page, shown);
      fields.set(property, shown);
      source = fields;
    }
    JsonNode body = simulation.write(success.schema(), source);
    Map<String, String> headers = new HashMap<>();
    for (String name : success.headers().keySet()) {
      String plain = Names.plain(name);
      if (plain.endsWith("totalcount") || plain.equals("xtotal")) {
        headers.put(name, String.valueOf(page.total()));
      }
      if (plain.equals("link") && page.hasMore()) {
        headers.put(name, "<" + PageFields.nextLink(request, page) + ">; rel=\"next\"");
      }
    }
    return ApiAnswer.of(success, body).with(headers);
  }
}
