package dev.pawl.codegen.infer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pawl.codegen.Traps;
import dev.pawl.model.rest.Listing.Paging;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Where the next page is; a list that is read in part would prove things that are not so. */
class PagingTest {
  private static Paging paging(String parameter, String member) {
    String document =
        """
        openapi: 3.0.3
        info: {title: Pages, version: "1"}
        paths:
          /leaves:
            get:
              parameters: [{name: %s, in: query, schema: {type: string}}]
              responses: {"200": {description: ok, content: {application/json: {schema: {type: object, properties: {
                %s, leaves: {type: array, items: {$ref: "#/components/schemas/leaf"}}}}}}}}
            post:
              requestBody: {content: {application/json: {schema: {$ref: "#/components/schemas/leaf"}}}}
              responses: {"201": {description: made, content: {application/json: {schema: {$ref: "#/components/schemas/leaf"}}}}}
          /leaves/{leaf_id}:
            get: {responses: {"200": {description: ok, content: {application/json: {schema: {$ref: "#/components/schemas/leaf"}}}}}}
        components: {schemas: {leaf: {type: object, properties: {id: {type: string}, name: {type: string}}}}}
        """
            .formatted(parameter, member);
    return Traps.of(document).resources().get(0).list().orElseThrow().value().paging();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "cursor         | next_cursor: {type: string}            | /next_cursor",
        "after          | next: {type: string}                   | /next",
        "starting_after | has_more: {type: boolean}              | ''",
      })
  void tokens(String parameter, String member, String pointer) {
    assertThat(paging(parameter, member))
        .isInstanceOfSatisfying(
            Paging.Cursor.class,
            c -> {
              assertThat(c.tokenParameter()).isEqualTo(parameter);
              assertThat(c.tokenPointer()).isEqualTo(pointer);
            });
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "after  | next: {type: string, format: uri}                            | /next",
        "cursor | next: {type: string, description: Link to the page after it} | /next",
        "cursor | links: {type: object, properties: {next: {type: string}}}    | /links/next",
      })
  void addresses(String parameter, String member, String pointer) {
    assertThat(paging(parameter, member)).isEqualTo(new Paging.NextUrl(pointer));
  }
}
