package dev.pawl.model.rest;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The API behind a model.
 *
 * @param connection the connection's name
 * @param defaultBaseUrl the document's server, without a trailing slash; empty where it names none
 * @param auth how a credential is presented
 * @param params arguments that have this value where they are not given, such as an API's version
 *     in every path
 * @param connectionParams parameters of paths that the connection gives where they are not given,
 *     such as an account's number at the head of every path
 */
public record ApiDescriptor(
    String connection,
    String defaultBaseUrl,
    Auth auth,
    Map<String, String> params,
    Set<String> connectionParams) {
  public ApiDescriptor {
    requireNonNull(connection, "connection");
    requireNonNull(defaultBaseUrl, "defaultBaseUrl");
    requireNonNull(auth, "auth");
    params = Map.copyOf(params);
    connectionParams = Set.copyOf(connectionParams);
  }

  /** Whose connection gives no parameters. */
  public ApiDescriptor(
      String connection, String defaultBaseUrl, Auth auth, Map<String, String> params) {
    this(connection, defaultBaseUrl, auth, params, Set.of());
  }

  /** Whose arguments have no values of their own. */
  public ApiDescriptor(String connection, String defaultBaseUrl, Auth auth) {
    this(connection, defaultBaseUrl, auth, Map.of());
  }

  /** How a credential is presented. */
  public enum AuthScheme {
    NONE,
    BEARER,
    BASIC,
    /** In the header named by {@link Auth#name}. */
    API_KEY_HEADER,
    /** In the query parameter named by {@link Auth#name}. */
    API_KEY_QUERY,
    /**
     * OAuth 2.0 client credentials: a credential {@code id:secret} is changed for tokens at the URL
     * {@link Auth#name}; one without a colon is a token already.
     */
    OAUTH2
  }

  /**
   * A security scheme.
   *
   * @param scheme its kind
   * @param name header or query parameter of an API key; the token URL of OAUTH2, absolute or from
   *     the API's origin; else empty
   * @param scopes of OAUTH2, which are asked for; else empty
   */
  public record Auth(AuthScheme scheme, String name, List<String> scopes) {
    public static final Auth NONE = new Auth(AuthScheme.NONE, "");
    public static final Auth BEARER = new Auth(AuthScheme.BEARER, "");
    public static final Auth BASIC = new Auth(AuthScheme.BASIC, "");

    public Auth {
      requireNonNull(scheme, "scheme");
      requireNonNull(name, "name");
      scopes = List.copyOf(scopes);
    }

    /** Without scopes. */
    public Auth(AuthScheme scheme, String name) {
      this(scheme, name, List.of());
    }
  }
}
