package dev.pawl.model.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A server that answers each connection with the bytes it was told to, well formed or not. */
final class WireServer implements AutoCloseable {
  private final ServerSocket socket;
  private final List<Socket> open = new ArrayList<>();
  private final List<String> requests = new ArrayList<>();
  private final BlockingQueue<Manner> manners = new LinkedBlockingQueue<>();
  private final CountDownLatch connected = new CountDownLatch(1);
  private int connections;

  /** What is done with one connection. */
  private interface Manner {
    void with(Socket client) throws IOException, InterruptedException;
  }

  WireServer() {
    try {
      socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Thread thread = new Thread(this::serve, "wire-server");
    thread.setDaemon(true);
    thread.start();
  }

  String url() {
    return "http://127.0.0.1:" + socket.getLocalPort();
  }

  /** Reads a request, writes these bytes and closes. */
  WireServer answers(String bytes) {
    manners.add(
        client -> {
          keep(read(client.getInputStream()));
          client.getOutputStream().write(bytes.getBytes(StandardCharsets.UTF_8));
          client.close();
        });
    return this;
  }

  void answersAndWaits(String bytes) {
    manners.add(
        client -> {
          keep(read(client.getInputStream()));
          client.getOutputStream().write(bytes.getBytes(StandardCharsets.UTF_8));
          client.getOutputStream().flush();
        });
  }

  void isSilent() {
    manners.add(client -> keep(read(client.getInputStream())));
  }

  void hangsUp() {
    manners.add(Socket::close);
  }

  void answersAtLength(int length) {
    manners.add(
        client -> {
          keep(read(client.getInputStream()));
          OutputStream out = client.getOutputStream();
          out.write("HTTP/1.1 200 OK\r\n\r\n".getBytes(StandardCharsets.UTF_8));
          byte[] block = new byte[1 << 16];
          for (int sent = 0; sent < length; sent += block.length) {
            out.write(block);
          }
          client.close();
        });
  }

  synchronized List<String> requests() {
    return List.copyOf(requests);
  }

  synchronized int connections() {
    return connections;
  }

  boolean hasBeenConnectedTo() {
    try {
      return connected.await(30, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private void serve() {
    while (!socket.isClosed()) {
      try {
        Socket client = socket.accept();
        synchronized (this) {
          connections++;
          open.add(client);
        }
        connected.countDown();
        manners.take().with(client);
      } catch (IOException e) {
        // The client may have gone first: that is its right.
      } catch (InterruptedException e) {
        return;
      }
    }
  }

  private synchronized void keep(String request) {
    requests.add(request);
  }

  /** One request: its head, and as much of a body as it declares. */
  private static String read(InputStream in) throws IOException {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    int length = -1;
    while (length < 0) {
      int next = in.read();
      if (next < 0) {
        throw new IOException("the client has gone");
      }
      all.write(next);
      String head = all.toString(StandardCharsets.UTF_8);
      if (head.endsWith("\r\n\r\n")) {
        length = declared(head);
      }
    }
    all.write(in.readNBytes(length));
    return all.toString(StandardCharsets.UTF_8);
  }

  private static int declared(String head) {
    for (String line : head.split("\r\n")) {
      if (line.toLowerCase(java.util.Locale.ROOT).startsWith("content-length:")) {
        return Integer.parseInt(line.substring(line.indexOf(':') + 1).trim());
      }
    }
    return 0;
  }

  @Override
  public void close() {
    try {
      socket.close();
      synchronized (this) {
        for (Socket client : open) {
          client.close();
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
