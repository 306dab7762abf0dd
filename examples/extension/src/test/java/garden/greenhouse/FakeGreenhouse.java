package garden.greenhouse;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pawl.model.Json;
import dev.pawl.model.http.ApiRequest;
import dev.pawl.model.http.ApiResponse;
import dev.pawl.model.http.Connection;
import dev.pawl.model.http.SendGuard;
import dev.pawl.model.http.SendOutcome;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A greenhouse that remembers its beds, and can lose its answers. */
final class FakeGreenhouse implements Connection {
  private final Map<Long, ObjectNode> beds = new TreeMap<>();
  private final List<String> requests = new ArrayList<>();
  private boolean losesNext;

  /** The next POST is carried out, and its answer is lost. */
  FakeGreenhouse losesNextAnswer() {
    losesNext = true;
    return this;
  }

  int beds() {
    return beds.size();
  }

  /** As a person who walks through the greenhouse. */
  void clear() {
    beds.clear();
  }

  List<String> posts() {
    return requests.stream().filter(r -> r.startsWith("POST")).toList();
  }

  @Override
  public String name() {
    return "greenhouse";
  }

  @Override
  public String baseUrl() {
    return "http://greenhouse.test";
  }

  @Override
  public String account() {
    return baseUrl();
  }

  @Override
  public SendOutcome send(ApiRequest request, SendGuard guard) {
    if (!guard.maySend()) {
      return new SendOutcome.NeverSent(new IOException("the right to send ran out"));
    }
    requests.add(request.describe());
    ApiResponse answer = answer(request);
    if (losesNext && request.method().equals("POST")) {
      losesNext = false;
      return new SendOutcome.Lost(new IOException("connection reset"));
    }
    return new SendOutcome.Answered(answer);
  }

  private ApiResponse answer(ApiRequest request) {
    switch (request.describe()) {
      case "POST /beds" -> {
        ObjectNode bed = (ObjectNode) Json.parse(text(request));
        long id = beds.size() + 1L;
        beds.put(id, bed.put("id", id).put("soil", "warm"));
        return json(201, Json.object().set("bed", bed));
      }
      case "GET /beds" -> {
        ObjectNode page = Json.object();
        ArrayNode items = page.putArray("beds");
        beds.values().forEach(items::add);
        return json(200, page);
      }
      default -> {
        String path = request.uri().getPath();
        ObjectNode bed = beds.get(Long.valueOf(path.substring(path.lastIndexOf('/') + 1)));
        return bed == null
            ? json(404, Json.object().put("message", "no such bed"))
            : json(200, Json.object().set("bed", bed));
      }
    }
  }

  private static String text(ApiRequest request) {
    return new String(request.body(), StandardCharsets.UTF_8);
  }

  private static ApiResponse json(int status, ObjectNode body) {
    return new ApiResponse(
        status,
        Map.of("content-type", "application/json"),
        Json.write(body).getBytes(StandardCharsets.UTF_8));
  }
}
