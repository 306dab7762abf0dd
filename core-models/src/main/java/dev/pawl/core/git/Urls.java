package dev.pawl.core.git;

import dev.pawl.core.Refused;
import dev.pawl.model.MethodException;
import java.net.URI;
import java.net.URISyntaxException;

/** Which repositories may be reached. */
final class Urls {
  private Urls() {}

  /**
   * Takes {@code file://} and {@code https://}, without credentials.
   *
   * @throws MethodException INVALID_ARGUMENTS; the URL is not shown, since it may hold a credential
   */
  static String checked(String argument, String url) throws MethodException {
    if (url.startsWith("ssh://") || url.matches("[^/]+@[^/]+:.*")) {
      throw Refused.arguments(
          argument
              + " is an ssh address; there are no ssh keys here, give an https:// or file:// URL");
    }
    URI uri;
    try {
      uri = new URI(url);
    } catch (URISyntaxException e) {
      throw Refused.arguments(argument + " is not a URL: " + e.getReason());
    }
    boolean web = "https".equals(uri.getScheme()) && uri.getHost() != null;
    boolean local = url.startsWith("file:///");
    if (!web && !local) {
      throw Refused.arguments(argument + " must be an https://HOST/… or file:///… URL");
    }
    if (uri.getRawUserInfo() != null) {
      throw Refused.arguments(
          argument
              + " must not hold a user or password before the @; repositories that ask for"
              + " credentials cannot be reached yet");
    }
    return url;
  }
}
