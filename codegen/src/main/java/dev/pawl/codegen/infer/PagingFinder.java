package dev.pawl.codegen.infer;

import dev.pawl.codegen.document.ApiOperation;
import dev.pawl.codegen.document.Parameter;
import dev.pawl.codegen.document.Schema;
import dev.pawl.model.rest.Listing.Paging;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Finds out how a list is paged. */
final class PagingFinder {
  private static final int DEFAULT_SIZE = 100;
  private static final int MAX_SIZE = 500;
  private static final List<String> PAGE = List.of("page", "pagenumber", "pageno", "p");
  private static final List<String> SIZE =
      List.of("perpage", "pagesize", "limit", "size", "maxresults", "count", "pagelimit");
  private static final List<String> OFFSET = List.of("offset", "skip", "start", "startindex");
  private static final List<String> CURSOR =
      List.of(
          "cursor",
          "pagetoken",
          "nexttoken",
          "continuationtoken",
          "marker",
          "nextcursor",
          "after",
          "startingafter",
          "continue");
  private static final List<String> NEXT_TOKEN =
      List.of(
          "nextcursor",
          "nextpagetoken",
          "nexttoken",
          "continuationtoken",
          "cursor",
          "nextmarker",
          "endcursor",
          "after",
          "continue");
  private static final List<String> NEXT_URL =
      List.of("nextpageuri", "next", "nexturl", "nextpageurl", "nextlink", "nextpage");
  private static final List<String> MORE = List.of("hasmore", "hasnext", "hasnextpage", "more");

  private final ApiOperation list;

  PagingFinder(ApiOperation list) {
    this.list = list;
  }

  Paging find() {
    Optional<String> size = query(SIZE);
    Optional<String> page = query(PAGE);
    if (page.isPresent()) {
      return new Paging.Pages(page.get(), size.orElse(""), size.map(this::best).orElse(0));
    }
    Optional<String> cursor = query(CURSOR);
    if (cursor.isPresent()) {
      Optional<String> link = answer(NEXT_URL, 3).filter(p -> answer(NEXT_TOKEN, 2).isEmpty());
      return link.filter(this::isUrl).isPresent()
          ? new Paging.NextUrl(link.get())
          : cursor(cursor.get(), link);
    }
    Optional<String> offset = query(OFFSET);
    if (offset.isPresent() && size.isPresent()) {
      return new Paging.Offset(offset.get(), size.get(), best(size.get()));
    }
    return answer(NEXT_URL, 3).<Paging>map(Paging.NextUrl::new).orElseGet(Paging.None::new);
  }

  /** Whether what a field holds is said to be an address, and not a token alone. */
  private boolean isUrl(String pointer) {
    Optional<Schema> at = list.answer().flatMap(a -> Pointers.at(a, pointer));
    String words =
        (pointer + " " + at.map(Schema::description).orElse("")).toLowerCase(Locale.ROOT);
    return at.filter(s -> s.format().startsWith("uri")).isPresent()
        || words.matches("(?s).*\\b(ur[il]|link)s?\\b.*");
  }

  private Paging cursor(String parameter, Optional<String> next) {
    boolean lastKey = Words.plain(parameter).equals("startingafter");
    String token = lastKey ? "" : answer(NEXT_TOKEN, 2).or(() -> next).orElse("");
    return new Paging.Cursor(parameter, token, answer(MORE, 2).orElse(""));
  }

  private Optional<String> query(List<String> names) {
    for (String name : names) {
      for (Parameter p : list.parameters("query")) {
        if (Words.plain(p.name()).equals(name)) {
          return Optional.of(p.name());
        }
      }
    }
    return Optional.empty();
  }

  /** The size to ask for: the largest allowed, in reason. */
  private int best(String sizeParameter) {
    for (Parameter p : list.parameters("query")) {
      if (p.name().equals(sizeParameter)) {
        int maximum = p.schema().node().path("maximum").asInt(DEFAULT_SIZE);
        return Math.max(1, Math.min(maximum, MAX_SIZE));
      }
    }
    return DEFAULT_SIZE;
  }

  private Optional<String> answer(List<String> names, int depth) {
    return list.answer().filter(a -> !a.isArray()).flatMap(a -> field(a, names, "", depth));
  }

  private static Optional<String> field(
      Schema schema, List<String> names, String prefix, int depth) {
    Map<String, Schema> fields = schema.properties();
    for (String name : names) {
      for (var field : fields.entrySet()) {
        if (Words.plain(field.getKey()).equals(name) && !field.getValue().hasProperties()) {
          return Optional.of(prefix + Pointers.to(field.getKey()));
        }
      }
    }
    for (String name : List.of("links", "pages", "meta", "paging", "pagination", "_links")) {
      Schema inner = fields.get(name);
      if (inner != null && depth > 1 && inner.hasProperties()) {
        Optional<String> found = field(inner, names, prefix + "/" + name, depth - 1);
        if (found.isPresent()) {
          return found;
        }
      }
    }
    return Optional.empty();
  }
}
