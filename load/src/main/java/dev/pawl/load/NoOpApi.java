package dev.pawl.load;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * The API of {@code noop.yaml}, in a process of its own: a thing's id holds its name, so that it is
 * found again although nothing is kept. It costs as little as an answer can.
 */
public final class NoOpApi {
  private static final int BACKLOG = 200;
  private static final String PREFIX = "t-";
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private NoOpApi() {}

  /** Says {@code port=NUMBER}; ends with its standard input. */
  public static void main(String[] args) throws IOException {
    try (ServerSocket server = new ServerSocket(0, BACKLOG, InetAddress.getLoopbackAddress())) {
      Thread.ofPlatform().daemon().start(() -> accept(server));
      System.out.println("port=" + server.getLocalPort());
      while (System.in.read() >= 0) {
        // Nobody says anything.
      }
    }
  }

  private static void accept(ServerSocket server) {
    while (!server.isClosed()) {
      try {
        Socket connection = server.accept();
        connection.setTcpNoDelay(true);
        Thread.ofPlatform().daemon().start(() -> serve(connection));
      } catch (IOException e) {
        return;
      }
    }
  }

  private static void serve(Socket connection) {
    try (connection) {
      InputStream in = new BufferedInputStream(connection.getInputStream());
      while (true) {
        Request request = Request.read(in);
        connection.getOutputStream().write(answer(request));
      }
    } catch (IOException e) {
      // The client has closed it.
    }
  }

  private record Request(String method, String path, byte[] body) {
    static Request read(InputStream in) throws IOException {
      String[] first = line(in).split(" ", -1);
      int length = 0;
      for (String header; !(header = line(in)).isEmpty(); ) {
        String lower = header.toLowerCase(Locale.ROOT);
        if (lower.startsWith("content-length:")) {
          length = Integer.parseInt(lower.substring("content-length:".length()).trim());
        }
      }
      return new Request(first[0], first[1], in.readNBytes(length));
    }

    private static String line(InputStream in) throws IOException {
      StringBuilder line = new StringBuilder();
      for (int c; (c = in.read()) != '\n'; ) {
        if (c < 0) {
          throw new EOFException();
        }
        if (c != '\r') {
          line.append((char) c);
        }
      }
      return line.toString();
    }
  }

  private static byte[] answer(Request request) throws IOException {
    if (request.method().equals("POST")) {
      return said("201 Created", thing(MAPPER.readTree(request.body()).path("name").asText()));
    }
    String last = request.path().substring(request.path().lastIndexOf('/') + 1);
    return last.startsWith(PREFIX)
        ? said("200 OK", thing(last.substring(PREFIX.length())))
        : said("200 OK", "{\"things\":[]}");
  }

  /** Names are those of {@code CreateSteps} and need no quoting. */
  private static String thing(String name) {
    return "{\"id\":\"" + PREFIX + name + "\",\"name\":\"" + name + "\"}";
  }

  private static byte[] said(String status, String body) {
    return ("HTTP/1.1 "
            + status
            + "\r\ncontent-type: application/json\r\ncontent-length: "
            + body.length()
            + "\r\n\r\n"
            + body)
        .getBytes(StandardCharsets.ISO_8859_1);
  }
}
