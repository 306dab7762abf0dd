package dev.pawl.server.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pawl.model.ResourceKey;
import dev.pawl.model.rest.ClientMarks;
import dev.pawl.v1.AuditDataRequest;
import dev.pawl.v1.AuditDataResponse;
import dev.pawl.v1.AuditFinding;
import dev.pawl.v1.FieldDifference;
import java.util.List;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;

/** An audit finds what stored state and the API do not agree about, and changes nothing. */
@NullUnmarked // a null where none belongs fails the test
class AuditDataTest extends CareApi {
  private static final String WEB = "{\"name\":\"web\"}";

  private String marker(String instance, long incarnation) {
    return ClientMarks.marker(
        served.installationId(),
        new ResourceKey("default", MARKED, instance, ResourceKey.STATE),
        incarnation);
  }

  private AuditDataResponse only(String type) {
    List<AuditDataResponse> findings = served.audit(type);
    assertThat(findings).hasSize(1);
    return findings.getFirst();
  }

  @Test
  void whatAgreesIsNoFinding() {
    served.create(MARKED, "web", WEB);
    served.create(PLAIN, "web", WEB);
    int versions = served.database.count("resource_version");
    assertThat(served.kinds("")).isEmpty();
    assertThat(api.posts()).isEqualTo(2);
    assertThat(served.database.count("resource_version")).isEqualTo(versions);
    assertThat(served.database.count("audit_event")).isZero();
  }

  @Test
  void anObjectThatNoKeyOwnsIsNamedWithTheKeyThatMadeIt() {
    served.create(MARKED, "web", WEB);
    served.forget(MARKED, "web");

    AuditDataResponse orphan = only(MARKED);

    assertThat(orphan.getFinding()).isEqualTo(AuditFinding.AUDIT_FINDING_UNOWNED);
    assertThat(orphan.getExternalIdsList()).containsExactly("t-1");
    assertThat(orphan.getKey().getInstance()).isEqualTo("web");
    assertThat(orphan.getMessage()).contains("pawl data import shop/marked web t-1");
  }

  @Test
  void aMarkerOfNobodysIsNamedWithoutAKey() {
    api.put("x-1", "foreign", "blue", "pawl-aaaaaaaaaaaaaaaaaaaaaaaaaa");
    api.put("x-2", "nothing of ours", "pawl-is-nice");

    AuditDataResponse orphan = only(MARKED);

    assertThat(orphan.getFinding()).isEqualTo(AuditFinding.AUDIT_FINDING_UNOWNED);
    assertThat(orphan.hasKey()).isFalse();
    assertThat(orphan.getExternalIdsList()).containsExactly("x-1");
  }

  @Test
  void twoObjectsOfOneMarkerAreADuplicate() {
    served.create(MARKED, "web", WEB);
    api.put("x-1", "web", marker("web", 1));

    AuditDataResponse duplicate = only(MARKED);

    assertThat(duplicate.getFinding()).isEqualTo(AuditFinding.AUDIT_FINDING_DUPLICATE);
    assertThat(duplicate.getKey().getInstance()).isEqualTo("web");
    assertThat(duplicate.getExternalIdsList()).containsExactlyInAnyOrder("t-1", "x-1");
    api.remove("x-1");
    assertThat(served.kinds(MARKED)).isEmpty();
  }

  @Test
  void whatIsGoneIsLostOnlyWhenTheApiSaysSo() {
    served.create(MARKED, "web", WEB);
    served.create(PLAIN, "web", WEB);
    api.remove("t-1");
    assertThat(served.kinds(MARKED)).containsExactly(AuditFinding.AUDIT_FINDING_LOST);
    assertThat(served.kinds(PLAIN)).isEmpty();
    api.isBlind(true);
    assertThat(served.kinds(MARKED)).containsOnly(AuditFinding.AUDIT_FINDING_UNKNOWN);
  }

  @Test
  void whatWasChangedThereIsNamedByItsFields() {
    served.create(PLAIN, "web", WEB);
    api.set("t-1", "name", "other");
    AuditDataResponse changed = only(PLAIN);
    assertThat(changed.getFinding()).isEqualTo(AuditFinding.AUDIT_FINDING_CHANGED);
    assertThat(changed.getDiffersList())
        .extracting(FieldDifference::getPath)
        .containsExactly("/name");
  }

  @Test
  void aDoubtIsAFindingAndNothingIsDoneAboutIt() {
    doubt("web");
    assertThat(served.kinds("")).containsExactly(AuditFinding.AUDIT_FINDING_IN_DOUBT);
    assertThat(served.kinds(PLAIN)).containsExactly(AuditFinding.AUDIT_FINDING_IN_DOUBT);
  }

  @Test
  void otherNamespacesObjectsAreNotReported() {
    served.create(MARKED, "web", WEB);
    List<AuditDataResponse> findings = new java.util.ArrayList<>();
    served
        .stub
        .auditData(AuditDataRequest.newBuilder().setNamespace("other").setModelType(MARKED).build())
        .forEachRemaining(findings::add);
    assertThat(findings).isEmpty();
  }

  @Test
  void aTypeThatIsNotThereIsAnError() {
    Wire.Refusal unknown = Wire.refusal(() -> served.audit("shop/markd"));
    assertThat(unknown.info().getReason()).isEqualTo("MODEL_NOT_FOUND");
    assertThat(unknown.status().getMessage()).contains("shop/marked");
  }
}
