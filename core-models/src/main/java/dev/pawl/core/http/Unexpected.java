package dev.pawl.core.http;

import dev.pawl.model.Failure;
import dev.pawl.model.Reason;
import dev.pawl.model.http.ApiRequest;
import dev.pawl.model.http.ApiResponse;
import dev.pawl.model.rest.ApiFailures;

/** Says what is wrong with an answer that was not expected. */
final class Unexpected {
  private Unexpected() {}

  static Failure answer(HttpCall call, ApiRequest request, ApiResponse response) {
    Failure said = ApiFailures.answered(request, response);
    if (response.status() >= 400) {
      return said;
    }
    boolean redirects = response.status() >= 300;
    return new Failure(
        Reason.API_REFUSED,
        request.describe()
            + " was answered "
            + response.status()
            + (redirects
                ? ", and redirects are not followed; give the URL that it leads to"
                : ", which is not in expect: " + String.join(", ", call.expect())),
        request.describe(),
        response.status(),
        null);
  }
}
