package dev.pawl.model.rest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pawl.model.FieldDifference;
import dev.pawl.model.Json;
import dev.pawl.model.testkit.TestContext;
import java.util.List;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Field by field, whether what was imported is what is asked for. */
@NullUnmarked // a null where none belongs fails the test
class AskedForTest {
  private static JsonNode json(String text) {
    return Json.parse(text.replace('\'', '"'));
  }

  private static PlanCreate wanted(String arguments) {
    return new PlanCreate(
        Things.reconciledBy(Things.NONE),
        (ObjectNode) json(arguments),
        TestContext.of(Things.TYPE, "web-1").build());
  }

  private static List<String> differs(String shown, String wanted) {
    return AskedFor.differs(Rows.imported(json(shown), null), wanted(wanted)).stream()
        .map(FieldDifference::path)
        .toList();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'a':1}                | {'a':1}             |",
        "{'a':1}                | {'a':'1'}           |",
        "{'a':1}                | {'a':2}             | /a",
        "{'a':{'b':1}}          | {'a':{'b':2}}       | /a/b",
        "{'a':{'b':1}}          | {'a':{'b':1,'c':2}} |",
        "{'a':{'b':1}}          | {'a':'b'}           |",
        "{'a':'b'}              | {'a':{'b':1}}       |",
        "{'a':[1,2]}            | {'a':['1','2']}     |",
        "{'a':[1,2]}            | {'a':[2,1]}         | /a",
        "{'a':[1]}              | {'a':[]}            | /a",
        "{'a':[{'b':1}]}        | {'a':[1]}           |",
        "{'a':[1]}              | {'a':[{'b':1}]}     |",
        "{'a':[1]}              | {'a':1}             |",
        "{'a':1}                | {'a':[1]}           |",
        "{'a':null}             | {'a':1}             |",
        "{'a':1}                | {'a':null}          |",
        "{}                     | {'a':1}             |",
        "{'a':['pawl-x','b']}   | {'a':['b']}         |",
        "{'~/':{'/~':1}}        | {'~/':{'/~':2}}     | /~0~1/~1~0",
        "[1]                    | {'a':1}             |",
      })
  void whatIsNotShownOrInAnotherFormTellsNothing(String shown, String wanted, String path) {
    List<String> expected = path == null ? List.of() : List.of(path);
    assertThat(differs(shown, wanted)).isEqualTo(expected);
    assertThat(AskedFor.isAsStored(Rows.imported(json(shown), Json.object()), wanted(wanted)))
        .isEqualTo(path == null);
  }

  @Test
  void whatWasSaidAtTheImportGoesBeforeWhatIsShown() {
    assertThat(
            AskedFor.differs(
                Rows.imported(json("{'a':1,'b':2}"), json("{'a':3}")), wanted("{'a':1,'b':2}")))
        .containsExactly(new FieldDifference("/a", json("3"), json("1")));
  }

  @Test
  void ofWhatNobodyKnowsAnythingNothingDiffers() {
    assertThat(AskedFor.isAsStored(Rows.imported(json("{'a':1}"), null), wanted("{'a':2}")))
        .isTrue();
  }

  @Test
  void whatACreateMadeIsComparedByWhatItWasMadeWith() {
    assertThat(AskedFor.isAsStored(Rows.made(json("{'a':1}"), json("{'a':2}")), wanted("{'a':2}")))
        .isTrue();
    assertThat(AskedFor.isAsStored(Rows.made(json("{'a':1}"), json("{'a':2}")), wanted("{'a':1}")))
        .isFalse();
    assertThat(AskedFor.differs(Rows.made(null, json("{'a':2}")), wanted("{'a':1,'b':1}")))
        .extracting(FieldDifference::path)
        .containsExactly("/a", "/b");
  }

  @Test
  void oneValueIsLikeAnotherAsText() {
    assertThat(AskedFor.isSame(json("1"), json("'1'"))).isTrue();
    assertThat(AskedFor.isSame(json("1"), json("2"))).isFalse();
    assertThat(AskedFor.isSame(json("{}"), json("''"))).as("an object is no text").isFalse();
    assertThat(AskedFor.isSame(json("['pawl-x',1]"), json("['1']"))).isTrue();
    assertThat(AskedFor.isSame(json("['a']"), json("['b']"))).isFalse();
  }
}
