package dev.pawl.codegen;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pawl.codegen.document.CodegenException;
import dev.pawl.codegen.ir.Api;
import dev.pawl.codegen.ir.Inferred;
import dev.pawl.codegen.ir.ListEndpoint;
import dev.pawl.codegen.ir.LongRunning;
import dev.pawl.codegen.ir.Resource;
import dev.pawl.codegen.ir.Skipped;
import dev.pawl.codegen.overrides.Suggest;
import dev.pawl.model.Json;
import dev.pawl.model.rest.IdentityPart;
import dev.pawl.model.rest.Listing.Paging;
import dev.pawl.model.rest.Reconcile;
import dev.pawl.model.rest.RequestToken;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Says of one resource, or of one skipped POST, what was understood, how surely, and why. */
public final class Explain {
  private final Api api;
  private final List<String> lines = new ArrayList<>();

  private Explain(Api api) {
    this.api = api;
  }

  /**
   * An explanation.
   *
   * @param json the same for programs: the resource as in the report, or the skipped POST
   * @param lines for people
   */
  public record Explanation(ObjectNode json, List<String> lines) {
    public Explanation {
      lines = List.copyOf(lines);
    }
  }

  /**
   * Explains.
   *
   * @param what a kind ({@code droplet}), a model type, or an operation ({@code POST /droplets})
   * @throws CodegenException when the document has no such thing; it names what may be meant
   */
  public static Explanation of(Api api, String what) {
    return new Explain(api).run(what.strip());
  }

  private Explanation run(String what) {
    Optional<Resource> resource =
        api.resources().stream().filter(r -> isCalled(r, what)).findFirst();
    if (resource.isPresent()) {
      resource(resource.get());
      return new Explanation(Report.resource(resource.get()), lines);
    }
    Skipped skipped =
        api.skipped().stream()
            .filter(s -> s.operation().equalsIgnoreCase(what))
            .findFirst()
            .orElseThrow(() -> unknown(what));
    lines.add(skipped.operation() + " is no create:");
    lines.add("  " + skipped.reason());
    lines.add("If it is one, say so in the overrides: a resource with 'create' and what reads it.");
    return new Explanation(
        Json.object().put("operation", skipped.operation()).put("reason", skipped.reason()), lines);
  }

  private static boolean isCalled(Resource resource, String what) {
    return resource.kind().equals(what)
        || resource.type().equals(what)
        || resource.create().value().describe().equalsIgnoreCase(what);
  }

  private CodegenException unknown(String what) {
    boolean isOperation = what.contains("/") && what.contains(" ");
    List<String> known =
        isOperation
            ? Stream.concat(
                    api.resources().stream().map(r -> r.create().value().describe()),
                    api.skipped().stream().map(Skipped::operation))
                .toList()
            : api.resources().stream().map(Resource::kind).toList();
    return new CodegenException(
        api.name()
            + " has no resource or POST '"
            + what
            + "'"
            + Suggest.didYouMean(what, known)
            + "; name one of: "
            + known.stream().limit(20).collect(Collectors.joining(", "))
            + (known.size() > 20 ? ", …" : ""));
  }

  private void resource(Resource r) {
    lines.add(r.type());
    line("create", r.create().value().describe(), r.create());
    endpoint("get", r.get().map(g -> g.value().describe()), r.get());
    endpoint("list", r.list().map(l -> list(l.value())), r.list());
    endpoint("update", r.update().map(u -> u.value().describe()), r.update());
    endpoint("delete", r.delete().map(d -> d.value().describe()), r.delete());
    line("identity", identity(r), r.identity());
    line("reconcile", reconcile(r.reconcile().value()), r.reconcile());
    lines.add("  %-10s %s".formatted("verify", r.verify()));
    endpoint("operation", r.operation().map(o -> operation(o.value())), r.operation());
    endpoint(
        "readiness",
        r.readiness().map(v -> v.value().pointer() + " waits while " + v.value().waiting()),
        r.readiness());
    endpoint(
        "softDelete",
        r.softDelete().map(v -> v.value().pointer() + " in " + v.value().values()),
        r.softDelete());
    several("secrets", r.secrets().stream().sorted().toList());
    several("actions", r.actions().stream().map(a -> a.name()).toList());
    several("rejected", r.rejected());
    several("warnings", r.warnings());
  }

  private void endpoint(
      String aspect, Optional<String> words, Optional<? extends Inferred<?>> inferred) {
    if (words.isPresent() && inferred.isPresent()) {
      line(aspect, words.get(), inferred.get());
    } else {
      lines.add("  %-10s none".formatted(aspect));
    }
  }

  private void line(String aspect, String words, Inferred<?> inferred) {
    lines.add("  %-10s %s".formatted(aspect, words));
    lines.add(
        "  %-10s   %s: %s"
            .formatted(
                "", inferred.confidence().name().toLowerCase(Locale.ROOT), inferred.reason()));
  }

  private void several(String aspect, List<String> all) {
    for (int i = 0; i < all.size(); i++) {
      lines.add("  %-10s %s".formatted(i == 0 ? aspect : "", all.get(i)));
    }
  }

  private static String list(ListEndpoint list) {
    return "%s, items at '%s', key at '%s', %s"
        .formatted(
            list.operation().describe(),
            list.itemsPointer(),
            list.keyPointer(),
            paging(list.paging()));
  }

  private static String paging(Paging paging) {
    if (paging instanceof Paging.Pages pages) {
      return "pages by " + pages.pageParameter();
    }
    if (paging instanceof Paging.Offset offset) {
      return "pages by " + offset.offsetParameter();
    }
    if (paging instanceof Paging.Cursor cursor) {
      return "pages by " + cursor.tokenParameter();
    }
    return paging instanceof Paging.NextUrl next ? "next page at " + next.urlPointer() : "one page";
  }

  private static String identity(Resource r) {
    String parts =
        r.identity().value().parts().stream().map(Explain::part).collect(Collectors.joining(", "));
    return r.identity().value().known() ? parts : parts + (parts.isEmpty() ? "" : ", ") + "no key";
  }

  private static String part(IdentityPart part) {
    return switch (part.source()) {
      case RESPONSE -> part.parameter() + " = " + part.pointer() + " of the answer";
      case REQUEST -> part.parameter() + " = " + part.pointer() + " of the arguments";
      case LOCATION -> part.parameter() + " = the end of the Location header";
      case OPERATION -> part.parameter() + " = " + part.pointer() + " of the operation";
    };
  }

  private static String operation(LongRunning begun) {
    return "%s until %s is one of %s"
        .formatted(begun.get().describe(), begun.statusPointer(), new TreeSet<>(begun.done()));
  }

  private static String place(RequestToken token) {
    return token.name()
        + switch (token.place()) {
          case HEADER -> "";
          case QUERY -> " of the query";
          case BODY -> " of the body";
        };
  }

  private static String reconcile(Reconcile by) {
    if (by instanceof Reconcile.Key key) {
      return "KEY in " + place(key.token()) + ", then " + reconcile(key.next());
    }
    if (by instanceof Reconcile.Marker marker) {
      return "MARKER in " + marker.field();
    }
    return by instanceof Reconcile.NaturalKey natural
        ? "NATURAL_KEY " + String.join(", ", natural.fields())
        : by.strategy();
  }
}
