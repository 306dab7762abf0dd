package dev.pawl.sandbox.answer;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pawl.sandbox.document.JsonText;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What lists say about themselves, under every usual name: only the names that the document's
 * schema has are written.
 */
final class PageFields {
  private PageFields() {}

  static ObjectNode of(ApiRequest request, Page page, ArrayNode shown) {
    ObjectNode fields = counts(page);
    fields.put("url", request.path());
    fields.put("has_more", page.hasMore());
    fields.put("has_next_page", page.hasMore());
    if (page.hasMore()) {
      for (String name : List.of("next_cursor", "next_page_token", "next_token", "next_marker")) {
        fields.put(name, String.valueOf(page.end()));
      }
      fields.put("next_page_uri", nextLink(request, page));
      fields.put("next_page_url", nextLink(request, page));
    }
    if (!shown.isEmpty()) {
      fields.put("start", page.from());
      fields.put("end", page.end() - 1);
    }
    ObjectNode meta = fields.deepCopy();
    if (page.hasMore()) {
      meta.putObject("next").put("href", nextLink(request, page));
    }
    fields.set("meta", meta);
    fields.set("pagination", fields.deepCopy());
    fields.set("links", links(request, page));
    return fields;
  }

  private static ObjectNode counts(Page page) {
    ObjectNode fields = JsonText.object();
    for (String name : List.of("total", "total_count", "total_items", "total_results", "count")) {
      fields.put(name, page.total());
    }
    for (String name : List.of("page", "current_page")) {
      fields.put(name, page.number());
    }
    for (String name : List.of("pages", "total_pages", "last_page", "total_page_count")) {
      fields.put(name, page.pages());
    }
    for (String name : List.of("per_page", "page_size", "limit")) {
      fields.put(name, page.size() == Integer.MAX_VALUE ? page.total() : page.size());
    }
    fields.put("offset", page.from());
    return fields;
  }

  private static ObjectNode links(ApiRequest request, Page page) {
    ObjectNode links = JsonText.object();
    if (page.number() > 1) {
      links.put("first", link(request, page, 1));
      links.put("prev", link(request, page, page.number() - 1));
    }
    if (page.hasMore()) {
      links.put("next", nextLink(request, page));
      links.put("last", link(request, page, page.pages()));
    }
    links.set("pages", links.deepCopy());
    return links;
  }

  static String nextLink(ApiRequest request, Page page) {
    return link(request, page, page.number() + 1);
  }

  private static String link(ApiRequest request, Page page, int number) {
    Map<String, String> query = new TreeMap<>(request.query());
    if (page.pageParameter().isPresent()) {
      query.put(page.pageParameter().get(), String.valueOf(number));
    } else {
      String name = page.cursor().orElse("offset");
      query.put(name, String.valueOf((number - 1) * Math.min(page.size(), page.total())));
    }
    StringBuilder link = new StringBuilder(request.origin() + request.path());
    char separator = '?';
    for (Map.Entry<String, String> one : query.entrySet()) {
      link.append(separator)
          .append(one.getKey())
          .append('=')
          .append(URLEncoder.encode(one.getValue(), StandardCharsets.UTF_8));
      separator = '&';
    }
    return link.toString();
  }
}
