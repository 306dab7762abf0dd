package dev.pawl.codegen.infer;

import dev.pawl.codegen.document.ApiOperation;
import dev.pawl.codegen.document.PathTemplate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Names kinds of resources after their create's path: its static segments in the singular, joined
 * by underscores, without versions and without what all paths of the document begin with. Only when
 * two paths give one name does a name depend on others: the path with fewer parameters, then the
 * plural, then the shorter one keeps it, the others are named by their segments as written, and
 * {@code _singleton} where that is no different.
 */
final class Kinds {
  private static final String VERSION = "v?\\d+([._-]\\d+)*([a-z]+\\d*)?|v\\d+.*";

  private static final int MAX_VERSION = 40;

  /** Kinds name files, which may have 255 bytes with all that is put around them. */
  private static final int MAX_LENGTH = 100;

  private final int shared;

  Kinds(List<ApiOperation> operations) {
    this.shared = sharedPrefix(operations);
  }

  /** Create → kind, every kind once. */
  Map<ApiOperation, String> name(List<ApiOperation> creates) {
    List<ApiOperation> ordered = new ArrayList<>(creates);
    ordered.sort(
        Comparator.comparing((ApiOperation o) -> o.path().endsInParameter())
            .thenComparing(o -> o.path().parameters().size())
            .thenComparing(o -> !Words.isPlural(o.path().lastSegment()))
            .thenComparing(o -> o.path().key().length())
            .thenComparing(o -> o.path().key())
            .thenComparing(ApiOperation::method));
    Map<ApiOperation, String> out = new HashMap<>();
    Set<String> taken = new HashSet<>();
    for (ApiOperation create : ordered) {
      String kind = unique(create, taken);
      taken.add(kind);
      out.put(create, kind);
    }
    return out;
  }

  private String unique(ApiOperation create, Set<String> taken) {
    List<String> segments = segments(create.path());
    String kind = join(segments.stream().map(Words::singularSnake).toList());
    if (!taken.contains(kind)) {
      return kind;
    }
    String written = join(segments.stream().map(Words::snake).toList());
    String next = written.equals(kind) ? kind + "_singleton" : written;
    for (int i = 2; taken.contains(next); i++) {
      next = written + "_" + i;
    }
    return next;
  }

  private static String join(List<String> words) {
    String kind = words.stream().filter(w -> !w.isEmpty()).collect(Collectors.joining("_"));
    String cut = kind.substring(0, Math.min(kind.length(), MAX_LENGTH));
    return cut.isEmpty() ? "resource" : cut;
  }

  private List<String> segments(PathTemplate path) {
    List<String> all = path.segments();
    List<String> out = new ArrayList<>();
    for (int i = Math.min(shared, all.size() - 1); i < all.size(); i++) {
      String segment = all.get(i);
      if (!PathTemplate.isParameter(segment) && !isVersion(segment)) {
        out.add(segment);
      }
    }
    int last = out.size() - 1;
    if (last > 0 && ItemPaths.MAKING_VERBS.contains(Words.snake(out.get(last)))) {
      out.remove(last);
    }
    return out;
  }

  static boolean isVersion(String segment) {
    return segment.length() <= MAX_VERSION && segment.matches(VERSION);
  }

  static int sharedPrefix(List<ApiOperation> operations) {
    List<List<String>> paths = operations.stream().map(o -> o.path().segments()).toList();
    int shared = 0;
    while (sharedAt(paths, shared)) {
      shared++;
    }
    return shared;
  }

  private static boolean sharedAt(List<List<String>> paths, int at) {
    Set<String> found = new HashSet<>();
    for (List<String> path : paths) {
      found.add(at < path.size() - 1 ? path.get(at) : "");
    }
    return paths.size() > 1 && found.size() == 1 && !found.contains("");
  }
}
