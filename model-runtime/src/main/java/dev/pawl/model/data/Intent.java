package dev.pawl.model.data;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is about to be sent, written before the first byte and kept until it is resolved.
 *
 * @param method HTTP method
 * @param url absolute, with query
 * @param headers as sent, credentials left out
 * @param body the JSON or form value as sent; null for none
 * @param arguments the method's arguments, from which the body was made
 * @param identity the item path parameters known before the send (parents, client-chosen keys)
 * @param marker stable over re-sends; null where the API has no place for one
 * @param requestToken sent as the API's idempotency key; null where the API takes none
 * @param account the connection's account
 * @param existedBefore whether the identity existed before the send; null where that was not asked
 * @param baseline ids that existed before the send; null where not listed
 * @param made whether the API has said that it made it, though not which it is: then no look can
 *     prove that it does not exist
 * @param naturalKey hash of what the API tells objects of this type apart by, where that is in the
 *     request: of creates with the same one in one account and type, one is open at a time; null
 *     where there is none
 * @param operation names the operation that the API has answered with instead of what it makes;
 *     null where it has not
 */
public record Intent(
    String method,
    String url,
    Map<String, String> headers,
    @Nullable JsonNode body,
    ObjectNode arguments,
    ObjectNode identity,
    @Nullable String marker,
    @Nullable String requestToken,
    String account,
    @Nullable Boolean existedBefore,
    @Nullable List<String> baseline,
    boolean made,
    @Nullable String naturalKey,
    @Nullable ObjectNode operation) {
  public Intent {
    requireNonNull(method, "method");
    requireNonNull(url, "url");
    headers = Map.copyOf(headers);
    requireNonNull(arguments, "arguments");
    requireNonNull(identity, "identity");
    requireNonNull(account, "account");
    baseline = baseline == null ? null : List.copyOf(baseline);
  }

  /** An intent of which the API has said nothing yet, without a natural key. */
  public Intent(
      String method,
      String url,
      Map<String, String> headers,
      @Nullable JsonNode body,
      ObjectNode arguments,
      ObjectNode identity,
      @Nullable String marker,
      @Nullable String requestToken,
      String account,
      @Nullable Boolean existedBefore,
      @Nullable List<String> baseline) {
    this(
        method,
        url,
        headers,
        body,
        arguments,
        identity,
        marker,
        requestToken,
        account,
        existedBefore,
        baseline,
        false,
        null,
        null);
  }

  /** The same intent, of which the API has said that it was made. */
  public Intent asMade() {
    return new Intent(
        method,
        url,
        headers,
        body,
        arguments,
        identity,
        marker,
        requestToken,
        account,
        existedBefore,
        baseline,
        true,
        naturalKey,
        operation);
  }

  /** The same intent with the ids that exist now. */
  public Intent withBaseline(List<String> ids) {
    return new Intent(
        method,
        url,
        headers,
        body,
        arguments,
        identity,
        marker,
        requestToken,
        account,
        existedBefore,
        ids,
        made,
        naturalKey,
        operation);
  }

  /** The same intent, one of those with this natural key. */
  public Intent withNaturalKey(@Nullable String hash) {
    return new Intent(
        method,
        url,
        headers,
        body,
        arguments,
        identity,
        marker,
        requestToken,
        account,
        existedBefore,
        baseline,
        made,
        hash,
        operation);
  }

  /** The same intent, for which the API has begun this operation. */
  public Intent asAccepted(ObjectNode begun) {
    return new Intent(
        method,
        url,
        headers,
        body,
        arguments,
        identity,
        marker,
        requestToken,
        account,
        existedBefore,
        baseline,
        made,
        naturalKey,
        begun);
  }
}
