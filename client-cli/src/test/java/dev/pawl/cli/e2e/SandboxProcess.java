package dev.pawl.cli.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;

/**
 * A {@code pawl sandbox digitalocean}, seen behind the scenes.
 *
 * @param url where the simulated API lives
 */
record SandboxProcess(String url) {
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  /** A request that the API saw; status 0: not answered yet. */
  record Seen(String method, String path, int status) {
    boolean isPost() {
      return method.equals("POST");
    }

    boolean isCreated() {
      return isPost() && status / 100 == 2;
    }
  }

  /** Every request so far, in order. */
  List<Seen> requests() throws IOException, InterruptedException {
    List<Seen> seen = new ArrayList<>();
    for (JsonNode each : new ObjectMapper().readTree(call("GET", "/_sandbox/requests", ""))) {
      seen.add(
          new Seen(
              each.path("method").asText(),
              each.path("path").asText(),
              each.path("status").asInt()));
    }
    return seen;
  }

  /** The paths of the POSTs among the requests after the first {@code earlier} ones, sorted. */
  List<String> postsAfter(int earlier) throws IOException, InterruptedException {
    return requests().stream().skip(earlier).filter(Seen::isPost).map(Seen::path).sorted().toList();
  }

  /** How often a path was POSTed to with success. */
  long created(String path) throws IOException, InterruptedException {
    return requests().stream().filter(s -> s.isCreated() && s.path().equals(path)).count();
  }

  /** How many resources there are whose path begins so. */
  long count(String pathPrefix) throws IOException, InterruptedException {
    return resources().stream().filter(path -> path.startsWith(pathPrefix)).count();
  }

  /** The paths of all resources there are. */
  List<String> resources() throws IOException, InterruptedException {
    List<String> paths = new ArrayList<>();
    for (JsonNode each : new ObjectMapper().readTree(call("GET", "/_sandbox/resources", ""))) {
      paths.add(each.path("path").asText());
    }
    return paths;
  }

  /** Deletes a resource behind everybody's back. */
  void remove(String path) throws IOException, InterruptedException {
    call("DELETE", "/_sandbox/resources" + path, "");
  }

  void arm(String fault) throws IOException, InterruptedException {
    call("POST", "/_sandbox/faults", fault);
  }

  void disarm() throws IOException, InterruptedException {
    call("DELETE", "/_sandbox/faults", "");
  }

  /** Returns when the API has seen such a request. */
  void awaitRequest(String method, String path) throws Exception {
    Await.until(
        method + " " + path + " was seen",
        () ->
            requests().stream().anyMatch(s -> s.method().equals(method) && s.path().equals(path)));
  }

  private String call(String method, String path, String body)
      throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(url + path))
            .method(method, BodyPublishers.ofString(body))
            .build();
    HttpResponse<String> response = HTTP.send(request, BodyHandlers.ofString());
    assertThat(response.statusCode())
        .as("%s %s: %s", method, path, response.body())
        .isBetween(200, 204);
    return response.body();
  }
}
