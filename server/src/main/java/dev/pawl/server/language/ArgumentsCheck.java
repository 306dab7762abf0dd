package dev.pawl.server.language;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.common.collect.MapMaker;
import dev.pawl.model.MethodDescriptor;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** Checks arguments against a method's schema. */
public final class ArgumentsCheck {
  /** By identity: descriptors live as long as their models, and comparing schemas is slow. */
  private static final Map<MethodDescriptor, SchemaCheck> CHECKS =
      new MapMaker().weakKeys().makeMap();

  private ArgumentsCheck() {}

  /** What is wrong with arguments whose expressions are filled in; empty when all is well. */
  public static List<Violation> validate(MethodDescriptor method, ObjectNode resolved) {
    var violations = new ArrayList<Violation>();
    for (Finding finding : findings(method, resolved)) {
      violations.add(violation(finding));
    }
    return violations;
  }

  private static Violation violation(Finding finding) {
    if (finding.isUnknownProperty()) {
      String near =
          Suggestion.nearest(String.valueOf(finding.property()), finding.known())
              .map(n -> "; did you mean '" + n + "'?")
              .orElse("");
      return new Violation(finding.location().toString(), finding.message() + near);
    }
    return new Violation(finding.location().toString(), finding.message());
  }

  static List<Finding> findings(MethodDescriptor method, ObjectNode arguments) {
    var findings = new ArrayList<>(unknown(method, arguments));
    SchemaCheck check = CHECKS.computeIfAbsent(method, m -> SchemaCheck.of(m.argumentsSchema()));
    for (Finding found : check.check(arguments)) {
      Finding finding = withKnown(found, method.argumentsSchema());
      boolean known =
          findings.stream()
              .anyMatch(
                  f ->
                      f.location().equals(finding.location())
                          && f.isUnknownProperty()
                          && finding.isUnknownProperty()
                          && String.valueOf(f.property()).equals(finding.property()));
      if (!known) {
        findings.add(finding);
      }
    }
    return Finding.merged(findings);
  }

  private static Finding withKnown(Finding finding, JsonNode schema) {
    if (!finding.isUnknownProperty()) {
      return finding;
    }
    var known = new TreeSet<String>();
    SchemaWalk.at(schema, finding.location().elements())
        .path("properties")
        .fieldNames()
        .forEachRemaining(known::add);
    return finding.withKnown(known);
  }

  /** A schema that lists its properties and says nothing of others means to list them all. */
  private static List<Finding> unknown(MethodDescriptor method, ObjectNode arguments) {
    JsonNode schema = method.argumentsSchema();
    var findings = new ArrayList<Finding>();
    boolean open =
        !schema.has("properties")
            || schema.has("additionalProperties")
            || schema.has("patternProperties")
            || schema.has("allOf")
            || schema.has("anyOf")
            || schema.has("oneOf")
            || schema.has("$ref");
    if (open) {
      return findings;
    }
    var known = new TreeSet<String>();
    schema.path("properties").fieldNames().forEachRemaining(known::add);
    arguments
        .fieldNames()
        .forEachRemaining(
            name -> {
              if (!known.contains(name)) {
                String message = "'" + name + "' is not known here";
                findings.add(
                    new Finding(Path.ROOT, "additionalProperties", name, message, known, false));
              }
            });
    return findings;
  }
}
