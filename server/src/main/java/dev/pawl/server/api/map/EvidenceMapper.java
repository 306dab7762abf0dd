package dev.pawl.server.api.map;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pawl.model.data.Evidence;
import dev.pawl.model.data.Intent;
import dev.pawl.model.data.StoredResource;
import dev.pawl.model.data.StoredResource.OpenClaim;
import dev.pawl.v1.ApiCall;
import dev.pawl.v1.Candidate;
import java.net.URI;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** What is known of a send in doubt, as a message. */
public final class EvidenceMapper {
  private static final int LATEST = 100;
  private static final int SHOWN = 3;

  private EvidenceMapper() {}

  /** What a row and its evidence say. */
  public static dev.pawl.v1.Evidence evidence(StoredResource row, List<Evidence> evidence) {
    List<Evidence> latest =
        evidence.subList(Math.max(0, evidence.size() - LATEST), evidence.size());
    dev.pawl.v1.Evidence.Builder out =
        dev.pawl.v1.Evidence.newBuilder()
            .setSummary(summary(row, latest))
            .setSendNumber(row.sendNumber())
            .setCause(latest.isEmpty() ? "the holder's lease ran out" : latest.getLast().what());
    candidates(latest).forEach(id -> out.addCandidates(Candidate.newBuilder().setExternalId(id)));
    OpenClaim open = row.claim();
    if (open != null) {
      out.setQuarantineEndTime(Times.timestamp(open.quarantineUntil()));
      Intent intent = open.intent();
      if (intent != null) {
        out.setSent(sent(open, intent))
            .setMarker(intent.marker() == null ? "" : intent.marker())
            .setRequestToken(intent.requestToken() == null ? "" : intent.requestToken());
      }
    }
    return out.build();
  }

  private static String summary(StoredResource row, List<Evidence> latest) {
    OpenClaim open = row.claim();
    Intent intent = open == null ? null : open.intent();
    String what =
        intent == null
            ? "A create that " + (open == null ? "somebody" : open.holder()) + " was to run"
            : intent.method() + " " + path(intent.url());
    String learned =
        latest.stream()
            .skip(Math.max(0, latest.size() - SHOWN))
            .map(Evidence::what)
            .distinct()
            .collect(Collectors.joining("; "));
    return what
        + " may have made "
        + row.key().instance()
        + ", and its outcome is not known"
        + (learned.isEmpty() ? "" : ": " + learned)
        + ". Run again to look once more, or look at the API and decide: pawl data resolve"
        + " (ResolveResource), or Claim in RECONCILE mode.";
  }

  private static ApiCall sent(OpenClaim open, Intent intent) {
    return ApiCall.newBuilder()
        .setMethod(intent.method())
        .setUrl(withoutQuery(intent.url()))
        .setSendTime(Times.timestamp(open.sentAt()))
        .build();
  }

  /** A query may hold a secret; what it says is in the arguments too. */
  private static String withoutQuery(String url) {
    int query = url.indexOf('?');
    return query < 0 ? url : url.substring(0, query) + "?***";
  }

  private static String path(String url) {
    try {
      String path = URI.create(url).getPath();
      return path == null ? withoutQuery(url) : path;
    } catch (IllegalArgumentException e) {
      return withoutQuery(url);
    }
  }

  private static Set<String> candidates(List<Evidence> evidence) {
    Set<String> ids = new LinkedHashSet<>();
    for (Evidence one : evidence) {
      one.detail().path("candidates").valueStream().map(JsonNode::asText).forEach(ids::add);
    }
    return ids.stream().limit(LATEST).collect(Collectors.toCollection(LinkedHashSet::new));
  }
}
