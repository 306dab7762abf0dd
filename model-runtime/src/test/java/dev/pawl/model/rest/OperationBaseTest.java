package dev.pawl.model.rest;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** An operation's own base, relative to the connection. */
class OperationBaseTest {
  private static final OperationBase FILES =
      new OperationBase("https://api.acme.test/v1", "https://files.acme.test/v2");

  @Test
  void onTheDocumentsServerItIsItsOwn() {
    assertThat(FILES.on("https://api.acme.test/v1")).isEqualTo("https://files.acme.test/v2");
  }

  @Test
  void behindAnotherAddressOnlyThePathTellsItApart() {
    assertThat(FILES.on("http://proxy.test/acme/v1")).isEqualTo("http://proxy.test/acme/v2");
    assertThat(FILES.on("http://127.0.0.1:8080")).isEqualTo("http://127.0.0.1:8080");
    assertThat(new OperationBase("https://a.test", "https://a.test/up").on("http://127.0.0.1"))
        .isEqualTo("http://127.0.0.1/up");
  }
}
