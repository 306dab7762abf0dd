package dev.pawl.server.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KeepHistoryTest {
  @ParameterizedTest
  @CsvSource({", 30", "366, 30", "60, 30", "59, 7", "14, 7", "13, 1", "1, 1"})
  void aPieceOfHistoryIsShortBesideTheRetention(Long kept, long width) {
    Duration retention = kept == null ? null : Duration.ofDays(kept);
    assertThat(KeepHistory.width(retention)).isEqualTo(Duration.ofDays(width));
  }
}
