package dev.pawl.server.engine;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pawl.model.Json;
import dev.pawl.model.MethodException;
import dev.pawl.model.Outcome;
import dev.pawl.model.Reason;
import dev.pawl.model.SeenObject;
import dev.pawl.model.data.Intent;
import dev.pawl.model.data.StoredResource;
import dev.pawl.server.failure.ServerFailure;
import dev.pawl.server.models.ApiObjects;
import dev.pawl.server.models.LookAtObjects;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the object that somebody names as the one in doubt, or takes their word for it. */
final class ReadForAdoption {
  /** Nobody's word goes against these. */
  private static final Set<Reason> PLAIN =
      EnumSet.of(Reason.OBJECT_NOT_FOUND, Reason.INVALID_ARGUMENTS);

  private final LookAtObjects look;
  private final SplitIdentity split;

  /**
   * What is adopted.
   *
   * @param isRead whether the API has shown it just now
   */
  record Adopted(
      JsonNode data,
      @Nullable String externalId,
      @Nullable String account,
      ObjectNode identity,
      boolean isRead,
      List<String> warnings) {
    Adopted {
      warnings = List.copyOf(warnings);
    }

    /** Only what was read counts as confirmed. */
    Outcome outcome() {
      return isRead ? Outcome.ADOPTED : Outcome.CREATED;
    }
  }

  ReadForAdoption(LookAtObjects look, SplitIdentity split) {
    this.look = look;
    this.split = split;
  }

  /**
   * Reads it.
   *
   * @throws ServerFailure ACCOUNT_MISMATCH; INVALID_FIELD when an id is missing
   * @throws MethodException UNSUPPORTED_BY_MODEL when it can't be read and no data are given; else
   *     why it could not be read
   */
  Adopted run(StoredResource row, ResolveResource.Decision.Adopt adopt)
      throws MethodException, InterruptedException {
    Optional<ApiObjects> objects = look.of(row.key());
    if (adopt.externalId().isEmpty() && (objects.isPresent() || adopt.data() == null)) {
      throw ServerFailure.invalidField("adopt.external_id", "is required");
    }
    if (objects.isEmpty()) {
      return given(row, adopt, adopt.account(), List.of("no model here could read it"));
    }
    try {
      return read(row, adopt, objects.get());
    } catch (MethodException e) {
      if (adopt.data() == null || PLAIN.contains(e.failure().reason())) {
        throw e;
      }
      return given(row, adopt, account(adopt, objects.get()), List.of(e.failure().message()));
    }
  }

  private static Adopted read(
      StoredResource row, ResolveResource.Decision.Adopt adopt, ApiObjects objects)
      throws MethodException, InterruptedException {
    Intent intent = ResolveResource.intent(row);
    String account = objects.account();
    if (intent != null && !intent.account().equals(account)) {
      throw ClaimFailures.accountMismatch(row, intent.account(), account);
    }
    if (adopt.account() != null && !adopt.account().equals(account)) {
      throw ClaimFailures.accountMismatch(row, adopt.account(), account);
    }
    SeenObject seen =
        objects.find(adopt.externalId(), intent == null ? Json.object() : intent.arguments());
    return new Adopted(
        seen.data(), seen.externalId(), account, seen.identity(), true, doubts(seen, intent));
  }

  private Adopted given(
      StoredResource row,
      ResolveResource.Decision.Adopt adopt,
      @Nullable String account,
      List<String> why) {
    if (adopt.data() == null) {
      throw ServerFailure.of(
          Reason.Code.FAILED_PRECONDITION,
          Reason.UNSUPPORTED_BY_MODEL.name(),
          "no model of this server can read "
              + row.key().modelType()
              + " "
              + adopt.externalId()
              + "; give its attributes as data_json (--data)");
    }
    String id = adopt.externalId().isEmpty() ? null : adopt.externalId();
    return new Adopted(
        adopt.data(),
        id,
        account,
        split.run(row.key(), id),
        false,
        List.of("stored as given, not as read: " + String.join("; ", why)));
  }

  private static @Nullable String account(
      ResolveResource.Decision.Adopt adopt, ApiObjects objects) {
    if (adopt.account() != null) {
      return adopt.account();
    }
    try {
      return objects.account();
    } catch (MethodException e) {
      return null;
    }
  }

  /** What speaks against its being the one, though somebody says so. */
  private static List<String> doubts(SeenObject seen, @Nullable Intent intent) {
    List<String> out = new ArrayList<>();
    if (intent == null) {
      return out;
    }
    List<String> baseline = intent.baseline();
    if (baseline != null && baseline.contains(seen.externalId())) {
      out.add(seen.externalId() + " existed before the create was sent");
    }
    String marker = intent.marker();
    if (marker != null && !seen.markers().contains(marker)) {
      out.add(seen.externalId() + " does not carry the marker " + marker + " of the create");
    }
    return out;
  }
}
