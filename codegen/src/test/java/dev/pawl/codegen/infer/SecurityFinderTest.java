package dev.pawl.codegen.infer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pawl.codegen.Traps;
import dev.pawl.codegen.ir.Api;
import dev.pawl.model.rest.ApiDescriptor.Auth;
import dev.pawl.model.rest.ApiDescriptor.AuthScheme;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The ways to sign in. */
class SecurityFinderTest {
  private static Api api(String security, String schemes) {
    return Traps.of(
        """
        openapi: 3.0.3
        info: {title: Signs in, version: "1"}
        servers: [{url: "https://api.example.test/v1"}]
        security: %s
        paths: {}
        components: {securitySchemes: %s}
        """
            .formatted(security, schemes));
  }

  private static Auth auth(String security, String schemes) {
    return api(security, schemes).descriptor().auth();
  }

  @Test
  void clientCredentialsHaveATokenUrlAndTheScopesThatAreNeeded() {
    String flow =
        "{a: {type: oauth2, flows: {clientCredentials: {tokenUrl: %s, scopes: {r: x, w: x, all:"
            + " x}}}}}";
    assertThat(auth("[{a: [r, w, other]}]", flow.formatted("https://login.example.test/token")))
        .isEqualTo(
            new Auth(AuthScheme.OAUTH2, "https://login.example.test/token", List.of("r", "w")));
    assertThat(auth("[]", flow.formatted("https://api.example.test/oauth/token")))
        .isEqualTo(new Auth(AuthScheme.OAUTH2, "/oauth/token"));
  }

  @Test
  void aFlowThatNeedsAPersonTakesAReadyMadeToken() {
    assertThat(
            auth(
                "[]", "{a: {type: oauth2, flows: {implicit: {authorizationUrl: /a, scopes: {}}}}}"))
        .isEqualTo(Auth.BEARER);
  }

  @Test
  void keysAndPasswordsAreFound() {
    assertThat(auth("[]", "{a: {type: apiKey, in: query, name: key}}"))
        .isEqualTo(new Auth(AuthScheme.API_KEY_QUERY, "key"));
    assertThat(auth("[]", "{a: {type: apiKey, in: header, name: X-Key}}"))
        .isEqualTo(new Auth(AuthScheme.API_KEY_HEADER, "X-Key"));
    assertThat(auth("[]", "{a: {type: http, scheme: basic}}")).isEqualTo(Auth.BASIC);
  }

  @Test
  void oneSchemeComesBeforeTwoTogetherAndTwoAreWarnedOf() {
    String schemes =
        "{a: {type: apiKey, in: header, name: X-A}, b: {type: apiKey, in: header, name: X-B},"
            + " c: {type: http, scheme: bearer}}";
    assertThat(auth("[{a: [], b: []}, {c: []}]", schemes)).isEqualTo(Auth.BEARER);
    Api both = api("[{a: [], b: []}]", schemes);
    assertThat(both.descriptor().auth().name()).isEqualTo("X-A");
    assertThat(both.warnings()).anyMatch(w -> w.contains("a together with b"));
  }

  @Test
  void whatNoConnectionCanDoIsWarnedOf() {
    Api digest = api("[{a: []}]", "{a: {type: http, scheme: digest}}");
    assertThat(digest.descriptor().auth()).isEqualTo(Auth.NONE);
    assertThat(digest.warnings()).anyMatch(w -> w.contains("Bearer token: a is a way"));
  }

  @Test
  void whereTheDocumentSaysNothingOfAllTheOperationsDo() {
    Api api =
        Traps.of(
            """
            openapi: 3.0.3
            info: {title: Signs in, version: "1"}
            paths:
              /admin: {get: {security: [{admin: []}], responses: {}}}
              /a: {get: {security: [{user: []}], responses: {}}}
              /b: {get: {security: [{user: []}], responses: {}}}
            components: {securitySchemes: {admin: {type: http, scheme: basic}, user: {type: http, scheme: bearer}}}
            """);
    assertThat(api.descriptor().auth()).isEqualTo(Auth.BEARER);
  }
}
