package dev.pawl.bench;

import dev.dbos.transact.DBOS;
import dev.dbos.transact.StartWorkflowOptions;
import dev.dbos.transact.config.DBOSConfig;
import dev.dbos.transact.workflow.Workflow;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;

/**
 * Five steps, each a POST, on DBOS Transact for Java. Reads lines {@code start ID} and {@code await
 * ID}, and writes {@code ready} and {@code end ID STATUS}.
 */
public final class DbosFlow {
  private static final int STEPS = 5;

  /** What DBOS makes a proxy of. */
  public interface Flow {
    String run(String id);
  }

  /** The workflow as its documentation shows one: a step is a lambda. */
  public static final class Steps implements Flow {
    private final DBOS dbos;
    private final Api api;

    Steps(DBOS dbos, Api api) {
      this.dbos = dbos;
      this.api = api;
    }

    @Override
    @Workflow(name = "run")
    public String run(String id) {
      String last = "";
      for (int i = 1; i <= STEPS; i++) {
        String name = id + "-s" + i;
        last = dbos.<String, RuntimeException>runStep(() -> api.create(name), "s" + i);
      }
      return last;
    }
  }

  /** The step's body; the two hooks let the harness know where it is. */
  record Api(HttpClient http, String url, String kind, boolean keyed) {
    String create(String name) {
      try {
        send(HttpRequest.newBuilder(URI.create(url + "/hook/before-send/" + name)));
        HttpRequest.Builder post =
            HttpRequest.newBuilder(URI.create(url + "/" + kind))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString("{\"name\":\"" + name + "\"}"));
        if (keyed) {
          post.header("Idempotency-Key", name);
        }
        String answer = send(post);
        send(HttpRequest.newBuilder(URI.create(url + "/hook/answered/" + name)));
        return answer;
      } catch (IOException | InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }

    private String send(HttpRequest.Builder request) throws IOException, InterruptedException {
      HttpResponse<String> answer = http.send(request.build(), BodyHandlers.ofString());
      if (answer.statusCode() / 100 != 2) {
        throw new IllegalStateException(answer.statusCode() + " " + answer.body());
      }
      return answer.body();
    }
  }

  private DbosFlow() {}

  /**
   * Runs until stdin ends.
   *
   * @param args database URL, user, password, the API's URL, the collection, whether to send keys
   */
  public static void main(String[] args) throws Exception {
    Api api = new Api(HttpClient.newHttpClient(), args[3], args[4], Boolean.parseBoolean(args[5]));
    DBOSConfig config =
        DBOSConfig.defaults("crash-peers")
            .withDatabaseUrl(args[0])
            .withDbUser(args[1])
            .withDbPassword(args[2])
            .withAppVersion("1");
    try (DBOS dbos = new DBOS(config)) {
      Flow flow = dbos.registerProxy(Flow.class, new Steps(dbos, api));
      dbos.launch();
      System.out.println("ready");
      BufferedReader lines = new BufferedReader(new InputStreamReader(System.in));
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        String[] words = line.split(" ");
        if (words[0].equals("start")) {
          dbos.<String, RuntimeException>startWorkflow(
              () -> flow.run(words[1]), new StartWorkflowOptions(words[1]));
        } else {
          Thread.ofVirtual().start(() -> tellEnd(dbos, words[1]));
        }
      }
    }
    System.exit(0);
  }

  private static void tellEnd(DBOS dbos, String id) {
    String status;
    try {
      dbos.retrieveWorkflow(id).getResult();
      status = "SUCCEEDED";
    } catch (Exception e) {
      status = "FAILED";
    }
    synchronized (System.out) {
      System.out.println("end " + id + " " + status);
    }
  }
}
