package dev.pawl.model;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/**
 * What a method gave.
 *
 * @param output JSON, valid against the method's output schema where the API keeps its word
 * @param outcome how it came about
 * @param differs fields in which a kept resource differs from the arguments; empty when none
 * @param warnings sentences for the person who reads the run
 */
public record MethodResult(
    JsonNode output, Outcome outcome, List<FieldDifference> differs, List<String> warnings) {
  public MethodResult {
    requireNonNull(output, "output");
    requireNonNull(outcome, "outcome");
    differs = List.copyOf(differs);
    warnings = List.copyOf(warnings);
  }

  public static MethodResult of(JsonNode output, Outcome outcome) {
    return new MethodResult(output, outcome, List.of(), List.of());
  }

  public MethodResult withDiffers(List<FieldDifference> fields) {
    return new MethodResult(output, outcome, fields, warnings);
  }

  public MethodResult withWarnings(List<String> sentences) {
    return new MethodResult(output, outcome, differs, sentences);
  }
}
