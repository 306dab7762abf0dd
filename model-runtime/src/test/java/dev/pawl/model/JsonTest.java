package dev.pawl.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTest {
  /** PostgreSQL writes them out, and then they could not be read any more. */
  @ParameterizedTest
  @ValueSource(strings = {"1e1000", "-1e999", "1E+100000", "1e-999", "0.5e-1000", "1e2147483647"})
  void aNumberThatIsLongOnceItIsWrittenOutIsRefused(String number) {
    assertThatThrownBy(() -> Json.parse("{\"a\": [" + number + "]}"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("the limit is 1,000");
  }

  @ParameterizedTest
  @ValueSource(strings = {"1e999", "-1e998", "1e-998", "1.50", "12345678901234567890.5"})
  void othersAreTakenAsTheyAre(String number) {
    assertThat(Json.parse(number).decimalValue()).isEqualByComparingTo(new BigDecimal(number));
  }

  @Test
  void whatIsNoJsonIsRefusedWithItsPlace() {
    assertThatThrownBy(() -> Json.parse("{\"a\": }"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("not JSON");
  }
}
