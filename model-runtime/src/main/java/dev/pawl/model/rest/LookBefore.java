package dev.pawl.model.rest;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pawl.model.CreateOptions;
import dev.pawl.model.Failure;
import dev.pawl.model.MethodContext;
import dev.pawl.model.MethodException;
import dev.pawl.model.Reason;
import dev.pawl.model.http.ApiRequest;
import dev.pawl.model.http.ApiResponse;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Asks, before a create whose identity the client chooses, whether that identity is taken. */
final class LookBefore {
  private static final int TRIES = 3;
  private static final Duration BACKOFF = Duration.ofMillis(500);

  private final RestResource resource;
  private final ObjectNode arguments;
  private final MethodContext context;

  LookBefore(RestResource resource, ObjectNode arguments, MethodContext context) {
    this.resource = resource;
    this.arguments = arguments;
    this.context = context;
  }

  /**
   * Whether it is taken; null where the API cannot be asked.
   *
   * @throws MethodException ALREADY_EXISTS unless {@code adopt: onConflict}; VERIFY_UNKNOWN
   */
  @Nullable Boolean run() throws MethodException, InterruptedException {
    ObjectNode identity = Identities.beforeSend(resource, arguments);
    Operation get = resource.get();
    if (get == null || !Identities.isWhole(resource, identity)) {
      return null;
    }
    ApiRequest request =
        new RequestBuilder(get, context.http().baseUrl(), arguments, identity)
            .build(null, context.timing().readTimeout());
    for (int tries = 1; ; tries++) {
      ApiResponse response = ReadApi.read(context.http(), request);
      boolean absent = response.status() == 404 || response.status() == 410;
      // A page from whatever stands before the API says nothing about the name.
      if (absent && response.isJson()) {
        return false;
      }
      if (response.isSuccess()) {
        return taken(request);
      }
      if ((ApiFailures.isRefusal(response.status()) && !absent) || tries == TRIES) {
        throw MethodException.notMade(ApiFailures.answered(request, response));
      }
      context.pacer().pause(BACKOFF.multipliedBy(tries));
    }
  }

  private boolean taken(ApiRequest request) throws MethodException {
    if (context.options().adopt() == CreateOptions.Adopt.ON_CONFLICT) {
      return true;
    }
    throw MethodException.notMade(
        Failure.of(
                Reason.ALREADY_EXISTS,
                request.describe()
                    + " finds an object that Pawl did not make; choose another name, or take it"
                    + " over with adopt: onConflict")
            .withRequest(request.describe(), 200));
  }
}
