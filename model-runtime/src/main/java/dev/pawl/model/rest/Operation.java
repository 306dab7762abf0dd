package dev.pawl.model.rest;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One operation of an API.
 *
 * @param method HTTP method, upper case
 * @param path as written in the document, with {@code {parameters}}
 * @param parameters path, query and header parameters that arguments can fill
 * @param body how the remaining arguments are sent
 * @param fixed arguments that are always the same, such as an action's {@code type}
 * @param resultPointer JSON pointer from the answer to the resource; empty for the whole answer
 * @param base where it lives; null: where its API does
 */
public record Operation(
    String method,
    String path,
    List<Parameter> parameters,
    Body body,
    Map<String, String> fixed,
    String resultPointer,
    @Nullable OperationBase base) {

  /** How arguments that are not parameters are sent. */
  public enum Body {
    /** Not at all. */
    NONE,
    /** As members of one JSON object. */
    JSON,
    /** As one JSON value, taken from the argument {@code body}. */
    JSON_VALUE,
    /** As form fields, nested ones in brackets. */
    FORM,
    /** As parts of one multipart/form-data body; files are arguments in Base64. */
    MULTIPART
  }

  /** Where a parameter goes. */
  public enum In {
    PATH,
    /** In the path too, where slashes in the value stay slashes. */
    PATH_WITH_SLASHES,
    QUERY,
    HEADER,
    /** A header that is always the same: the parameter's {@code argument} is its value. */
    CONSTANT_HEADER,
    /** A part of a multipart body that is a file. */
    FILE
  }

  /**
   * A parameter that an argument fills.
   *
   * @param name as the API calls it
   * @param in where it goes
   * @param argument the argument's name, usually the same; the value of a constant header
   */
  public record Parameter(String name, In in, String argument) {
    public Parameter {
      requireNonNull(name, "name");
      requireNonNull(in, "in");
      requireNonNull(argument, "argument");
    }

    /** Whether it takes an argument away from the body. */
    boolean takes(String name) {
      return in != In.CONSTANT_HEADER && in != In.FILE && argument.equals(name);
    }

    public static Parameter path(String name) {
      return new Parameter(name, In.PATH, name);
    }

    public static Parameter query(String name) {
      return new Parameter(name, In.QUERY, name);
    }

    public static Parameter header(String name) {
      return new Parameter(name, In.HEADER, name);
    }
  }

  public Operation {
    requireNonNull(method, "method");
    requireNonNull(path, "path");
    parameters = List.copyOf(parameters);
    requireNonNull(body, "body");
    fixed = Map.copyOf(fixed);
    requireNonNull(resultPointer, "resultPointer");
  }

  /** Where its API is. */
  public Operation(
      String method,
      String path,
      List<Parameter> parameters,
      Body body,
      Map<String, String> fixed,
      String resultPointer) {
    this(method, path, parameters, body, fixed, resultPointer, null);
  }

  /** What stands before its path, on a connection with this base URL. */
  String baseOn(String connection) {
    return base == null ? connection : base.on(connection);
  }

  /** Method and path, as reports name an operation. */
  public String describe() {
    return method + " " + path;
  }
}
