package dev.pawl.sandbox.answer;

import dev.pawl.sandbox.document.Operation;
import dev.pawl.sandbox.document.Shape;
import dev.pawl.sandbox.document.Shapes;
import dev.pawl.sandbox.inference.Names;
import dev.pawl.sandbox.state.Resource;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The part of a list a request asks for, by whichever of the usual parameters the document has.
 *
 * @param from the index of the first item shown
 * @param size the most items shown
 * @param total all that there are
 * @param cursor the parameter that takes the place to go on from, where there is one
 */
record Page(
    int from, int size, int total, Optional<String> pageParameter, Optional<String> cursor) {
  private static final int DEFAULT_SIZE = 20;

  private static final Set<String> SIZES =
      Set.of("perpage", "pagesize", "limit", "maxresults", "count", "pagelimit", "first");
  private static final Set<String> PAGES = Set.of("page", "pagenumber", "pageno");
  private static final Set<String> OFFSETS = Set.of("offset", "skip", "start", "startindex");
  private static final Set<String> AFTER = Set.of("startingafter", "after", "sinceid");
  private static final Set<String> CURSORS =
      Set.of("cursor", "pagetoken", "nexttoken", "nextpagetoken", "continue", "marker");

  static Page of(ApiRequest request, List<Resource> items, Shapes shapes) {
    Optional<Operation.Parameter> size = parameter(request, SIZES);
    Optional<Operation.Parameter> page = parameter(request, PAGES);
    Optional<Operation.Parameter> cursor = parameter(request, CURSORS);
    boolean paged = size.isPresent() || page.isPresent() || cursor.isPresent();
    int limit = paged ? size(request, size, shapes) : Integer.MAX_VALUE;
    int from =
        offset(request)
            .or(() -> number(request, cursor))
            .or(() -> after(request, items))
            .orElseGet(() -> pageStart(request, page, limit, shapes));
    int start = Math.clamp(from, 0, items.size());
    return new Page(
        start,
        limit,
        items.size(),
        page.map(Operation.Parameter::name),
        cursor.map(Operation.Parameter::name));
  }

  private static int pageStart(
      ApiRequest request, Optional<Operation.Parameter> page, int limit, Shapes shapes) {
    if (page.isEmpty()) {
      return 0;
    }
    // Some count pages from zero and say so with a default or a minimum.
    Shape shape = shapes.of(page.get().schema());
    boolean fromZero =
        shape.keywords().path("default").asText().equals("0")
            || shape.keywords().path("minimum").asText().equals("0")
            || page.get().name().equals("Page");
    int first = fromZero ? 0 : 1;
    long start = (number(request, page).orElse(first) - (long) first) * limit;
    return (int) Math.clamp(start, 0, Integer.MAX_VALUE);
  }

  private static int size(ApiRequest request, Optional<Operation.Parameter> size, Shapes shapes) {
    if (size.isEmpty()) {
      return DEFAULT_SIZE;
    }
    Shape shape = shapes.of(size.get().schema());
    int usual = shape.keywords().path("default").asInt(DEFAULT_SIZE);
    return Math.max(1, number(request, size).orElse(usual > 0 ? usual : DEFAULT_SIZE));
  }

  private static Optional<Integer> offset(ApiRequest request) {
    return number(request, parameter(request, OFFSETS));
  }

  private static Optional<Integer> after(ApiRequest request, List<Resource> items) {
    return parameter(request, AFTER)
        .map(parameter -> request.query().get(parameter.name()))
        .flatMap(
            key -> {
              for (int i = 0; i < items.size(); i++) {
                if (items.get(i).key().equals(key)) {
                  return Optional.of(i + 1);
                }
              }
              return Optional.empty();
            });
  }

  private static Optional<Integer> number(
      ApiRequest request, Optional<Operation.Parameter> parameter) {
    return parameter
        .map(one -> request.query().get(one.name()))
        .filter(value -> value.matches("\\d{1,9}"))
        .map(Integer::valueOf);
  }

  private static Optional<Operation.Parameter> parameter(ApiRequest request, Set<String> names) {
    return request.route().operation().queryParameters().stream()
        .filter(parameter -> names.contains(Names.plain(parameter.name())))
        .findFirst();
  }

  int end() {
    return (int) Math.min((long) from + size, total);
  }

  boolean hasMore() {
    return end() < total;
  }

  int number() {
    return size == Integer.MAX_VALUE ? 1 : from / size + 1;
  }

  int pages() {
    return size == Integer.MAX_VALUE || total == 0 ? 1 : (total + size - 1) / size;
  }
}
