package dev.pawl.campaign.process;

import dev.pawl.campaign.api.AdversaryApi;
import dev.pawl.campaign.api.Call;
import dev.pawl.campaign.api.Reply;
import dev.pawl.model.http.ApiRequest;
import dev.pawl.model.http.ApiResponse;
import dev.pawl.model.http.Connection;
import dev.pawl.model.http.SendGuard;
import dev.pawl.model.http.SendOutcome;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A process's way to the API, on which it may die. */
public final class MortalConnection implements Connection {
  private static final Duration ONE_WAY = Duration.ofMillis(5);
  private static final Duration UNTIL_LOST = Duration.ofSeconds(1);

  private final AdversaryApi api;
  private final Lives lives;
  private final Life life;

  public MortalConnection(AdversaryApi api, Lives lives, Life life) {
    this.api = api;
    this.lives = lives;
    this.life = life;
  }

  @Override
  public String name() {
    return "adversary";
  }

  @Override
  public String baseUrl() {
    return "http://adversary.test";
  }

  @Override
  public String account() {
    return "account-1";
  }

  @Override
  public SendOutcome send(ApiRequest request, SendGuard guard) throws InterruptedException {
    life.mustLive();
    boolean effect = !request.method().equals("GET");
    String point = request.method();
    if (effect) {
      life.cancellable(point + " connected");
    }
    if (!guard.maySend()) {
      return new SendOutcome.NeverSent(new IOException("the right to send ran out"));
    }
    if (effect) {
      life.event(point + " allowed, not sent");
    }
    life.takes(ONE_WAY);
    Reply reply = api.handle(call(request), lives.processes().now());
    if (effect) {
      life.cancellable(point + " sent, not answered");
    }
    life.takes(reply instanceof Reply.Lost ? UNTIL_LOST : ONE_WAY);
    SendOutcome outcome = outcome(reply);
    life.cancellable(point + " answered");
    return outcome;
  }

  private static SendOutcome outcome(Reply reply) {
    if (reply instanceof Reply.Answered answered) {
      byte[] body = answered.body().getBytes(StandardCharsets.UTF_8);
      return new SendOutcome.Answered(new ApiResponse(answered.status(), answered.headers(), body));
    }
    return reply instanceof Reply.Lost
        ? new SendOutcome.Lost(new IOException("connection reset"))
        : new SendOutcome.NeverSent(new IOException("connection refused"));
  }

  private static Call call(ApiRequest request) {
    byte[] body = request.body();
    return new Call(
        request.method(),
        request.uri().getPath(),
        query(request.uri().getRawQuery()),
        request.headers().get("Idempotency-Key"),
        body == null ? "" : new String(body, StandardCharsets.UTF_8));
  }

  private static Map<String, String> query(@Nullable String raw) {
    Map<String, String> out = new HashMap<>();
    for (String pair : raw == null ? new String[0] : raw.split("&")) {
      int cut = pair.indexOf('=');
      out.put(
          pair.substring(0, cut),
          URLDecoder.decode(pair.substring(cut + 1), StandardCharsets.UTF_8));
    }
    return out;
  }
}
