package dev.pawl.model.http;

import dev.pawl.model.rest.ApiDescriptor.AuthScheme;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManager;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;

/** A {@link Connection} over HTTP/1.1 with the client's own retries and redirects off. */
public final class HttpConnection implements Connection, AutoCloseable {
  /** The largest answer that is read, in bytes. */
  public static final int MAX_ANSWER = 16 << 20;

  private static final String RAN_OUT = "the right to send ran out before the first byte";

  private static final String EXCHANGE = "pawl.exchange";
  private static final Set<String> WITHOUT_EFFECT = Set.of("GET", "HEAD", "OPTIONS");
  private static final ScheduledExecutorService DEADLINES =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "pawl-http-deadlines");
            thread.setDaemon(true);
            return thread;
          });

  private final ConnectionSettings settings;
  private final HideCredential hide;
  private final CloseableHttpClient reads;
  private final CloseableHttpClient effects;
  private final @Nullable ClientCredentials tokens;
  private volatile HideCredential hideToken = new HideCredential(null);

  public HttpConnection(ConnectionSettings settings) {
    this.settings = settings;
    this.hide = new HideCredential(settings.credential());
    this.reads = client(settings, true);
    // A reused connection may be dead without our knowing: then nobody could tell whether the
    // request was written. So whatever has an effect goes out on a connection of its own.
    this.effects = client(settings, false);
    String credential = settings.credential();
    this.tokens =
        settings.auth().scheme() == AuthScheme.OAUTH2
                && credential != null
                && credential.indexOf(':') > 0
            ? new ClientCredentials(settings.auth(), settings.baseUrl(), credential, this::form)
            : null;
  }

  /** One exchange's guard, and whether its first byte may have been written. */
  private static final class Exchange {
    private final SendGuard guard;
    private volatile boolean sending;

    Exchange(SendGuard guard) {
      this.guard = guard;
    }
  }

  private static CloseableHttpClient client(ConnectionSettings settings, boolean reuse) {
    PoolingHttpClientConnectionManager connections =
        PoolingHttpClientConnectionManagerBuilder.create()
            .setMaxConnTotal(256)
            .setMaxConnPerRoute(128)
            .setDefaultConnectionConfig(
                ConnectionConfig.custom()
                    .setConnectTimeout(Timeout.of(settings.connectTimeout()))
                    .build())
            .build();
    return HttpClients.custom()
        .setConnectionManager(connections)
        .setConnectionReuseStrategy((request, response, context) -> reuse && keepsAlive(response))
        .disableAutomaticRetries()
        .disableRedirectHandling()
        .disableCookieManagement()
        .disableAuthCaching()
        .disableContentCompression()
        .setUserAgent("pawl")
        .addExecInterceptorLast(
            "pawl-guard",
            (request, scope, chain) -> {
              Exchange exchange = (Exchange) scope.clientContext.getAttribute(EXCHANGE);
              if (!exchange.guard.maySend()) {
                throw new IOException(RAN_OUT);
              }
              exchange.sending = true;
              return chain.proceed(request, scope);
            })
        .build();
  }

  private static boolean keepsAlive(org.apache.hc.core5.http.HttpResponse response) {
    Header connection = response.getFirstHeader("Connection");
    return connection == null || !connection.getValue().equalsIgnoreCase("close");
  }

  @Override
  public String name() {
    return settings.name();
  }

  @Override
  public String baseUrl() {
    return settings.baseUrl();
  }

  @Override
  public Map<String, String> params() {
    return settings.params();
  }

  @Override
  public String account() {
    return settings.account() == null ? settings.baseUrl() : settings.account();
  }

  @Override
  public SendOutcome send(ApiRequest request, SendGuard guard) throws InterruptedException {
    return tokens == null
        ? send(request, settings.credential(), request.timeout(), guard)
        : sendWithToken(tokens, request, guard);
  }

  /**
   * A token that is refused was perhaps revoked: the request, of which a 401 says that nothing was
   * done, goes out once more with a new one, within the same time.
   */
  private SendOutcome sendWithToken(ClientCredentials from, ApiRequest request, SendGuard guard)
      throws InterruptedException {
    long end = System.nanoTime() + request.timeout().toNanos();
    for (int tries = 1; ; tries++) {
      String token;
      try {
        token = from.token(left(end));
      } catch (IOException e) {
        return new SendOutcome.NeverSent(e);
      }
      hideToken = new HideCredential(token);
      SendOutcome outcome = send(request, token, left(end), guard);
      boolean refused =
          outcome instanceof SendOutcome.Answered answered && answered.response().status() == 401;
      if (!refused) {
        return outcome;
      }
      from.refused(token);
      if (tries > 1 || left(end).isZero()) {
        return outcome;
      }
    }
  }

  private static Duration left(long endNanos) {
    return Duration.ofNanos(Math.max(0, endNanos - System.nanoTime()));
  }

  /** Sends a form to where tokens come from. */
  private ApiResponse form(URI uri, Map<String, String> headers, String form, Duration timeout)
      throws IOException {
    HttpUriRequestBase message = new HttpUriRequestBase("POST", uri);
    headers.forEach(message::setHeader);
    message.setEntity(new ByteArrayEntity(form.getBytes(StandardCharsets.UTF_8), null));
    HttpClientContext context = HttpClientContext.create();
    context.setAttribute(EXCHANGE, new Exchange(SendGuard.NONE));
    ScheduledFuture<?> deadline =
        DEADLINES.schedule(message::cancel, timeout.toMillis(), TimeUnit.MILLISECONDS);
    try {
      return effects.execute(message, context, this::read);
    } catch (IOException e) {
      throw new IOException("no token from " + uri + ": " + e.getMessage(), e);
    } finally {
      deadline.cancel(false);
    }
  }

  private SendOutcome send(
      ApiRequest request, @Nullable String credential, Duration timeout, SendGuard guard)
      throws InterruptedException {
    Exchange exchange = new Exchange(guard);
    HttpClientContext context = HttpClientContext.create();
    context.setAttribute(EXCHANGE, exchange);
    HttpUriRequestBase message = message(request, credential);
    ScheduledFuture<?> deadline =
        DEADLINES.schedule(message::cancel, timeout.toMillis(), TimeUnit.MILLISECONDS);
    CloseableHttpClient client = WITHOUT_EFFECT.contains(request.method()) ? reads : effects;
    try {
      return new SendOutcome.Answered(client.execute(message, context, this::read));
    } catch (IOException e) {
      return unanswered(exchange, timedOut(e, message, request));
    } catch (RuntimeException e) {
      return unanswered(exchange, timedOut(new IOException(e), message, request));
    } finally {
      deadline.cancel(false);
    }
  }

  private static SendOutcome unanswered(Exchange exchange, IOException cause) {
    return exchange.sending ? new SendOutcome.Lost(cause) : new SendOutcome.NeverSent(cause);
  }

  private static IOException timedOut(
      IOException e, HttpUriRequestBase message, ApiRequest request) {
    if (!message.isCancelled()) {
      return e;
    }
    return !request.timeout().isNegative()
        ? new IOException("no answer within " + request.timeout().toMillis() + " ms", e)
        : new IOException(RAN_OUT, e);
  }

  private HttpUriRequestBase message(ApiRequest request, @Nullable String credential) {
    HttpUriRequestBase message = new HttpUriRequestBase(request.method(), address(request.uri()));
    request.headers().forEach(message::setHeader);
    authorize(message, credential);
    if (request.body() != null) {
      message.setEntity(new ByteArrayEntity(request.body(), null));
    }
    return message;
  }

  private URI address(URI uri) {
    String key = settings.credential();
    if (settings.auth().scheme() != AuthScheme.API_KEY_QUERY || key == null) {
      return uri;
    }
    String pair =
        URLEncoder.encode(settings.auth().name(), StandardCharsets.UTF_8)
            + "="
            + URLEncoder.encode(key, StandardCharsets.UTF_8);
    return URI.create(uri + (uri.getRawQuery() == null ? "?" : "&") + pair);
  }

  private void authorize(HttpUriRequestBase message, @Nullable String credential) {
    if (credential == null) {
      return;
    }
    switch (settings.auth().scheme()) {
      case BASIC ->
          message.setHeader(
              "Authorization",
              "Basic "
                  + Base64.getEncoder()
                      .encodeToString(credential.getBytes(StandardCharsets.UTF_8)));
      case API_KEY_HEADER -> message.setHeader(settings.auth().name(), credential);
      case API_KEY_QUERY -> {}
      case NONE, BEARER, OAUTH2 -> message.setHeader("Authorization", "Bearer " + credential);
    }
  }

  private ApiResponse read(ClassicHttpResponse response) throws IOException {
    Map<String, String> headers = new HashMap<>();
    for (Header header : response.getHeaders()) {
      headers.put(
          header.getName().toLowerCase(Locale.ROOT), hideToken.in(hide.in(header.getValue())));
    }
    HttpEntity entity = response.getEntity();
    byte[] body = new byte[0];
    if (entity != null) {
      body = entity.getContent().readNBytes(MAX_ANSWER + 1);
      if (body.length > MAX_ANSWER) {
        throw new IOException("the answer is larger than the limit of " + MAX_ANSWER + " bytes");
      }
    }
    return new ApiResponse(response.getCode(), headers, hideToken.in(hide.in(body)));
  }

  @Override
  public void close() {
    try {
      reads.close();
      effects.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
