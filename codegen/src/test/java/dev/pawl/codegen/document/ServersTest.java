package dev.pawl.codegen.document;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pawl.codegen.Traps;
import dev.pawl.codegen.ir.Api;
import dev.pawl.codegen.ir.Resource;
import org.junit.jupiter.api.Test;

/** Where operations live. */
class ServersTest {
  @Test
  void theFirstServerIsTakenWithTheDefaultsOfItsVariablesAndThatIsSaid() {
    Api api = Traps.api("several-hosts");

    assertThat(api.descriptor().defaultBaseUrl()).isEqualTo("https://eu.api.example.test/v1");
    assertThat(api.warnings())
        .anyMatch(w -> w.contains("of several servers, https://eu.api.example.test/v1"))
        .anyMatch(w -> w.contains("{region} was taken for 'eu'"))
        .anyMatch(w -> w.contains("operations that live on https://desk.else.invalid"));
    assertThat(resource("ticket").create().value().operation().server()).isEmpty();
  }

  @Test
  void anOperationsOwnBaseIsKeptAndSaid() {
    Resource file = resource("file");
    assertThat(file.create().value().operation().server())
        .isEqualTo("https://eu.api.example.test/upload/v2");
    assertThat(file.get().orElseThrow().value().operation().server()).isEmpty();
    assertThat(file.warnings()).anyMatch(w -> w.contains("/upload/v2"));
    assertThat(resource("report").create().value().operation().server())
        .isEqualTo("https://reports.example.test");
  }

  private static Resource resource(String kind) {
    return Traps.api("several-hosts").resources().stream()
        .filter(r -> r.kind().equals(kind))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void onlyHostsOfOneOwnerShareACredential() {
    assertThat(Servers.sameOwner("https://api.a.com/v1", "https://files.a.com:8443")).isFalse();
    assertThat(Servers.sameOwner("https://api.acme.com/v1", "https://files.acme.com:8443"))
        .isTrue();
    assertThat(Servers.sameOwner("https://acme.com", "https://api.acme.com")).isTrue();
    assertThat(Servers.sameOwner("https://acme.co.uk", "https://evil.co.uk")).isFalse();
    assertThat(Servers.sameOwner("https://api.acme.co.uk", "https://x.acme.co.uk")).isTrue();
    assertThat(Servers.sameOwner("https://a.herokuapp.com", "https://b.herokuapp.com")).isFalse();
    assertThat(Servers.sameOwner("https://10.0.0.1", "https://9.0.0.1")).isFalse();
  }

  @Test
  void whereOnlyPathsHaveServersThatOfMostIsTheApis() {
    Api api =
        Traps.of(
            """
            openapi: 3.0.3
            info: {title: No server of its own, version: "1"}
            paths:
              /a: {servers: [{url: "https://one.example.test"}], get: {responses: {}}}
              /b: {servers: [{url: "https://two.example.test"}], get: {responses: {}}}
              /c: {servers: [{url: "https://two.example.test"}], get: {responses: {}}}
            """);
    assertThat(api.descriptor().defaultBaseUrl()).isEqualTo("https://two.example.test");
  }
}
