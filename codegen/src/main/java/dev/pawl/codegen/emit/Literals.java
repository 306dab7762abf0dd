package dev.pawl.codegen.emit;

import com.palantir.javapoet.CodeBlock;
import dev.pawl.model.rest.ApiDescriptor;
import dev.pawl.model.rest.BegunOperation;
import dev.pawl.model.rest.IdentityPart;
import dev.pawl.model.rest.Listing;
import dev.pawl.model.rest.Operation;
import dev.pawl.model.rest.OperationBase;
import dev.pawl.model.rest.PathValue;
import dev.pawl.model.rest.Readiness;
import dev.pawl.model.rest.Reconcile;
import dev.pawl.model.rest.RequestToken;
import dev.pawl.model.rest.SoftDelete;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Java expressions that make the runtime's descriptions anew. */
final class Literals {
  private Literals() {}

  static CodeBlock api(ApiDescriptor api) {
    CodeBlock given =
        api.connectionParams().isEmpty()
            ? CodeBlock.of("")
            : JavaText.code(",$W$L", set(api.connectionParams()));
    return JavaText.code(
        "new $T($S,$W$S,$W$L,$W$L$L)",
        ApiDescriptor.class,
        api.connection(),
        api.defaultBaseUrl(),
        auth(api.auth()),
        strings(api.params()),
        given);
  }

  private static CodeBlock auth(ApiDescriptor.Auth auth) {
    return JavaText.code(
        "new $T($T.$L,$W$S,$W$L)",
        ApiDescriptor.Auth.class,
        ApiDescriptor.AuthScheme.class,
        auth.scheme().name(),
        auth.name(),
        list(auth.scopes().stream().map(s -> JavaText.code("$S", s)).toList()));
  }

  static CodeBlock operation(Operation operation) {
    return JavaText.code(
        "new $T($S,$W$S,$W$L,$W$T.$L,$W$L,$W$S$L)",
        Operation.class,
        operation.method(),
        operation.path(),
        list(operation.parameters().stream().map(Literals::parameter).toList()),
        Operation.Body.class,
        operation.body().name(),
        strings(operation.fixed()),
        operation.resultPointer(),
        base(operation.base()));
  }

  private static CodeBlock base(@Nullable OperationBase base) {
    return base == null
        ? CodeBlock.of("")
        : JavaText.code(",$Wnew $T($S,$W$S)", OperationBase.class, base.api(), base.own());
  }

  private static CodeBlock parameter(Operation.Parameter parameter) {
    return JavaText.code(
        "new $T($S,$W$T.$L,$W$S)",
        Operation.Parameter.class,
        parameter.name(),
        Operation.In.class,
        parameter.in().name(),
        parameter.argument());
  }

  static CodeBlock identity(List<IdentityPart> parts) {
    return list(parts.stream().map(Literals::part).toList());
  }

  private static CodeBlock part(IdentityPart part) {
    return JavaText.code(
        "new $T($S,$W$T.$L,$W$S$L)",
        IdentityPart.class,
        part.parameter(),
        IdentityPart.Source.class,
        part.source().name(),
        part.pointer(),
        value(part.value()));
  }

  private static CodeBlock value(PathValue value) {
    return value.equals(PathValue.WHOLE)
        ? CodeBlock.of("")
        : JavaText.code(
            ",$Wnew $T($S,$W$L,$W$L)",
            PathValue.class,
            value.prefix(),
            value.last(),
            value.slashes());
  }

  static CodeBlock reconcile(Reconcile reconcile) {
    if (reconcile instanceof Reconcile.Key key) {
      return JavaText.code(
          "new $T($L,$W$L,$W$T.ofSeconds($L))",
          Reconcile.Key.class,
          token(key.token()),
          reconcile(key.next()),
          Duration.class,
          key.lifetime().toSeconds());
    }
    if (reconcile instanceof Reconcile.Marker marker) {
      return JavaText.code(
          "new $T($S,$W$T.$L)",
          Reconcile.Marker.class,
          marker.field(),
          Reconcile.Marker.Shape.class,
          marker.shape().name());
    }
    if (reconcile instanceof Reconcile.NaturalKey natural) {
      return JavaText.code(
          "new $T($L,$W$S)",
          Reconcile.NaturalKey.class,
          list(natural.fields().stream().map(f -> JavaText.code("$S", f)).toList()),
          natural.createdAt());
    }
    return CodeBlock.of(
        "new $T()",
        reconcile instanceof Reconcile.ClientId ? Reconcile.ClientId.class : Reconcile.None.class);
  }

  private static CodeBlock token(RequestToken token) {
    return JavaText.code(
        "new $T($T.$L,$W$S,$W$T.$L)",
        RequestToken.class,
        RequestToken.Place.class,
        token.place().name(),
        token.name(),
        RequestToken.Form.class,
        token.form().name());
  }

  static CodeBlock readiness(Readiness readiness) {
    return JavaText.code(
        "new $T($S,$W$L,$W$L)",
        Readiness.class,
        readiness.pointer(),
        set(readiness.waiting()),
        set(readiness.failed()));
  }

  static CodeBlock begun(BegunOperation operation) {
    return JavaText.code(
        "new $T($L,$W$S,$W$L,$W$S,$W$L,$W$L,$W$S)",
        BegunOperation.class,
        operation(operation.get()),
        operation.answerPointer(),
        identity(operation.identity()),
        operation.statusPointer(),
        set(operation.done()),
        set(operation.failed()),
        operation.errorPointer());
  }

  static CodeBlock softDelete(SoftDelete rule) {
    return JavaText.code("new $T($S,$W$L)", SoftDelete.class, rule.pointer(), set(rule.values()));
  }

  static CodeBlock listing(Listing listing, CodeBlock operation) {
    return JavaText.code(
        "new $T($L,$W$S,$W$S,$W$L)",
        Listing.class,
        operation,
        listing.itemsPointer(),
        listing.keyPointer(),
        paging(listing.paging()));
  }

  private static CodeBlock paging(Listing.Paging paging) {
    if (paging instanceof Listing.Paging.Pages p) {
      return JavaText.code(
          "new $T($S,$W$S,$W$L)", p.getClass(), p.pageParameter(), p.sizeParameter(), p.size());
    }
    if (paging instanceof Listing.Paging.Offset p) {
      return JavaText.code(
          "new $T($S,$W$S,$W$L)", p.getClass(), p.offsetParameter(), p.sizeParameter(), p.size());
    }
    if (paging instanceof Listing.Paging.Cursor p) {
      return JavaText.code(
          "new $T($S,$W$S,$W$S)",
          p.getClass(),
          p.tokenParameter(),
          p.tokenPointer(),
          p.morePointer());
    }
    if (paging instanceof Listing.Paging.NextUrl p) {
      return JavaText.code("new $T($S)", p.getClass(), p.urlPointer());
    }
    return CodeBlock.of("new $T()", Listing.Paging.None.class);
  }

  static CodeBlock set(Set<String> values) {
    return CodeBlock.of("$T.of($L)", Set.class, joined(new TreeSet<>(values)));
  }

  private static CodeBlock joined(Collection<String> values) {
    return values.stream().map(v -> JavaText.code("$S", v)).collect(CodeBlock.joining(",$W"));
  }

  private static CodeBlock list(List<CodeBlock> values) {
    return CodeBlock.of("$T.of($L)", List.class, CodeBlock.join(values, ",$W"));
  }

  private static CodeBlock strings(Map<String, String> values) {
    CodeBlock entries =
        new TreeMap<>(values)
            .entrySet().stream()
                .map(e -> JavaText.code("$S,$W$S", e.getKey(), e.getValue()))
                .collect(CodeBlock.joining(",$W"));
    return CodeBlock.of("$T.of($L)", Map.class, entries);
  }
}
