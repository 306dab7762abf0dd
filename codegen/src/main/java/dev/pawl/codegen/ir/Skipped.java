package dev.pawl.codegen.ir;

/**
 * A POST that makes nothing that a model could keep.
 *
 * @param operation method and path as written
 * @param reason why, in words for the report
 */
public record Skipped(String operation, String reason) {}
