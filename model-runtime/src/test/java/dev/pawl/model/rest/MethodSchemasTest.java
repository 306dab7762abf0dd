package dev.pawl.model.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pawl.model.MethodDescriptor;
import dev.pawl.model.MethodDescriptor.Trait;
import dev.pawl.model.MethodKind;
import dev.pawl.model.ResourceKey;
import org.junit.jupiter.api.Test;

/** What the data file beside a generated model says of its methods. */
class MethodSchemasTest {
  private static final String FILE = "dev/pawl/model/rest/thing.json";

  private final MethodSchemas schemas = MethodSchemas.load(MethodSchemasTest.class, FILE);

  private RestMethod method(String name, MethodKind kind) {
    return schemas.method(name, kind, ResourceKey.STATE, Things.CREATE);
  }

  @Test
  void aMethodHasItsDescriptionAndSchemas() {
    RestMethod create = method("create", MethodKind.CREATE);
    MethodDescriptor descriptor = create.descriptor();
    assertThat(schemas.description()).isEqualTo("A thing.");
    assertThat(create.operation()).isEqualTo(Things.CREATE);
    assertThat(descriptor.name()).isEqualTo("create");
    assertThat(descriptor.description()).isEqualTo("Makes one.");
    assertThat(descriptor.argumentsSchema().path("required").path(0).asText()).isEqualTo("name");
    assertThat(descriptor.outputSchema().path("type").asText()).isEqualTo("object");
    assertThat(descriptor.outputSpec()).isEqualTo(ResourceKey.STATE);
  }

  @Test
  void onlyACreateClaimsItself() {
    assertThat(method("create", MethodKind.CREATE).descriptor().has(Trait.CLAIMS_ITSELF)).isTrue();
    assertThat(method("create", MethodKind.ACTION).descriptor().has(Trait.CLAIMS_ITSELF)).isFalse();
  }

  @Test
  void aFileThatDoesNotFitTheClassSaysWhatToDo() {
    for (String name : new String[] {"unknown", "half"}) {
      assertThatThrownBy(() -> method(name, MethodKind.READ))
          .isInstanceOf(IllegalStateException.class)
          .hasMessage(
              FILE + " does not describe the method '" + name + "'; generate the model again");
    }
    assertThatThrownBy(() -> MethodSchemas.load(MethodSchemasTest.class, "no/such.json"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("no/such.json is missing beside " + getClass().getName());
  }
}
