package dev.pawl.codegen.infer;

import dev.pawl.codegen.document.ApiOperation;
import dev.pawl.codegen.document.Parameter;
import dev.pawl.codegen.document.RequestBody;
import dev.pawl.codegen.document.Schema;
import dev.pawl.codegen.ir.Inferred;
import dev.pawl.model.rest.RequestToken;
import dev.pawl.model.rest.RequestToken.Form;
import dev.pawl.model.rest.RequestToken.Place;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Stream;

/** Finds where a create takes a token under which a repeated one is answered as the first was. */
final class TokenFinder {
  private static final Set<String> HEADERS =
      Set.of(
          "idempotencykey",
          "xidempotencykey",
          "idempotencytoken",
          "xidempotencytoken",
          "xrequesttoken",
          "clienttoken",
          "xclienttoken",
          "idempotentkey");

  /** What can be nothing else. */
  private static final Pattern CERTAIN = Pattern.compile("idempot(ency|ent)(key|token|id)?");

  /** What may be one; then its description has to say so. */
  private static final Pattern POSSIBLE =
      Pattern.compile("client(request)?token|(client|unique)?requestid|requesttoken");

  private static final Pattern SAYS_SO = Pattern.compile("(?i)idempoten");

  /** A repeated token that is refused proves nothing: the first request may have made it or not. */
  private static final Pattern REFUSES =
      Pattern.compile(
          "(?i)\\b(reject(s|ed)?|refuse[sd]?|error|fail(s|ed)?|conflict|40[09]|422)\\b|must be"
              + " unique");

  /** One in each form, of the kind that the runtime makes. */
  private static final Map<Form, String> SAMPLES =
      Map.of(
          Form.TEXT, "pawl-abcdefghijklmnopqrstuvwxyz",
          Form.UUID, "01234567-89ab-4cde-8f01-23456789abcd");

  private static final int LONGEST_PATTERN = 200;

  private final ApiOperation create;
  private final List<String> leftOut = new ArrayList<>();

  TokenFinder(ApiOperation create) {
    this.create = create;
  }

  /** A header before a query parameter before a member of the body; empty where there is none. */
  Optional<Inferred<RequestToken>> find() {
    leftOut.clear();
    return Stream.of(parameters("header"), parameters("query"), members())
        .flatMap(Optional::stream)
        .findFirst();
  }

  /** What looks like a token and was not taken, and why; after {@link #find}. */
  List<String> leftOut() {
    return List.copyOf(leftOut);
  }

  private Optional<Inferred<RequestToken>> parameters(String in) {
    Place place = in.equals("header") ? Place.HEADER : Place.QUERY;
    for (Parameter parameter : create.parameters(in)) {
      boolean known = in.equals("header") && HEADERS.contains(Words.plain(parameter.name()));
      if (known || isNamed(parameter.name(), parameter.description())) {
        Optional<Inferred<RequestToken>> found =
            token(
                place, parameter.name(), parameter.schema(), known ? "" : parameter.description());
        if (found.isPresent()) {
          return found;
        }
      }
    }
    return Optional.empty();
  }

  /** What a request has whatever branch of a composition it takes. */
  private Optional<Inferred<RequestToken>> members() {
    Map<String, Schema> members =
        create.body().map(RequestBody::schema).map(Schema::ownProperties).orElse(Map.of());
    return new TreeMap<>(members)
        .entrySet().stream()
            .filter(m -> !m.getValue().readOnly())
            .filter(m -> isNamed(m.getKey(), m.getValue().description()))
            .flatMap(
                m ->
                    token(Place.BODY, m.getKey(), m.getValue(), m.getValue().description())
                        .stream())
            .findFirst();
  }

  private static boolean isNamed(String name, String description) {
    String plain = Words.plain(name);
    boolean said = SAYS_SO.matcher(description).find();
    return CERTAIN.matcher(plain).matches() || (said && POSSIBLE.matcher(plain).matches());
  }

  private Optional<Inferred<RequestToken>> token(
      Place place, String name, Schema schema, String description) {
    String what = place.name().toLowerCase(Locale.ROOT) + " " + name;
    if (REFUSES.matcher(description).find()) {
      leftOut.add(
          "the "
              + what
              + " as a request token: what is said of a repeated one may mean that it is refused;"
              + " set reconcile in the overrides");
      return Optional.empty();
    }
    Optional<Form> form = Stream.of(Form.TEXT, Form.UUID).filter(f -> takes(schema, f)).findFirst();
    if (form.isEmpty()) {
      leftOut.add("the " + what + " as a request token: it takes none of the runtime's tokens");
    }
    return form.map(
        f -> Inferred.high(new RequestToken(place, name, f), "the create declares the " + what));
  }

  private static boolean takes(Schema schema, Form form) {
    String sample = String.valueOf(SAMPLES.get(form));
    boolean text = schema.types().isEmpty() || schema.types().equals(Set.of("string"));
    boolean asUuid = schema.format().equals("uuid");
    int most = schema.node().path("maxLength").asInt(Integer.MAX_VALUE);
    return text
        && schema.isKeyLike()
        && schema.enumValues().isEmpty()
        && (form == Form.UUID || !asUuid)
        && most >= sample.length()
        && matches(schema.node().path("pattern").asText(""), sample);
  }

  /** A pattern with groups may take for ever; it is taken to allow text. */
  private static boolean matches(String pattern, String sample) {
    if (pattern.isEmpty() || pattern.length() > LONGEST_PATTERN || pattern.contains("(")) {
      return true;
    }
    try {
      return Pattern.compile(pattern).matcher(sample).find();
    } catch (PatternSyntaxException e) {
      return true;
    }
  }
}
