package dev.pawl.codegen.infer;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WordsTest {

  @ParameterizedTest
  @CsvSource({
    "vpcs, vpc",
    "registries, registry",
    "addresses, address",
    "databases, database",
    "kubernetes, kubernetes",
    "nfs, nfs",
    "node_pools, node_pool",
    "people, person",
    "statuses, status",
    "IncomingPhoneNumbers, incoming_phone_number",
    "BGPSessions, bgp_session",
    "gen-ai, gen_ai"
  })
  void singularSnake(String given, String expected) {
    assertThat(Words.singularSnake(given)).isEqualTo(expected);
  }
}
