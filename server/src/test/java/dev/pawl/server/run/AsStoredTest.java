package dev.pawl.server.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BigIntegerNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.FloatNode;
import dev.pawl.model.Json;
import dev.pawl.server.store.postgres.WithDatabase;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What PostgreSQL makes of it is the judge. */
class AsStoredTest extends WithDatabase {
  static Stream<JsonNode> values() {
    Stream<JsonNode> numbers =
        Stream.of(
                "1.50",
                "1.0",
                "0.0",
                "-0.0",
                "1E+2",
                "1.5E2",
                "1.5E+10",
                "1E-7",
                "100.0",
                "1E+30",
                "9223372036854775808",
                "12345678901234567890.10",
                "-1.10E-3")
            .map(text -> DecimalNode.valueOf(new BigDecimal(text)));
    Stream<JsonNode> others =
        Stream.of(
            DoubleNode.valueOf(1.5e10),
            DoubleNode.valueOf(3.0),
            DoubleNode.valueOf(-0.0),
            FloatNode.valueOf(1.1f),
            BigIntegerNode.valueOf(BigInteger.TWO.pow(80)),
            Json.parse(
                "{\"bb\":1,\"a\":{\"z\":[],\"y\":null},\"é\":2,\"c\":[{\"bb\":1,\"a\":2}],\"\":0}"),
            Json.parse("[true,\"1.50\",1e2,{\"\ud83d\ude00\":1,\"\uffff\":2,\"\ufffe\":3}]"));
    return Stream.concat(numbers, others);
  }

  @ParameterizedTest
  @MethodSource("values")
  void isReadBackAsItIs(JsonNode value) {
    JsonNode asStored = AsStored.of(value);
    JsonNode read = Json.parse(database.asJsonb(Json.write(asStored)));
    assertThat(Json.write(asStored)).isEqualTo(Json.write(read));
    assertThat(asStored).isEqualTo(read).isEqualTo(AsStored.of(read));
  }

  @ParameterizedTest
  @MethodSource("values")
  void isTheSameValue(JsonNode value) {
    String given = database.asJsonb(Json.write(value));
    assertThat(database.areEqual(given, Json.write(AsStored.of(value)))).isTrue();
  }
}
