package dev.pawl.cli.e2e;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Stands on loopback between a client and PostgreSQL, or an HTTP server, and cuts connections over
 * chosen statements or requests. What is sent must be readable, so the client's URL needs {@code
 * prepareThreshold=0}.
 */
final class CuttingProxy implements AutoCloseable {
  private static final int CHUNK = 1 << 16;

  private final ServerSocket listener;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private volatile int target;
  private String words = "";
  private Cut cut = Cut.ANSWER;
  private int left;
  private int done;

  /** What is lost with the connection. */
  public enum Cut {
    /** PostgreSQL has carried the statement out; its answer does not arrive. */
    ANSWER,
    /** PostgreSQL never gets the statement. */
    STATEMENT
  }

  /**
   * Listens.
   *
   * @param target PostgreSQL's port on 127.0.0.1
   */
  public CuttingProxy(int target) throws IOException {
    this.target = target;
    listener = new ServerSocket(0, 200, InetAddress.getLoopbackAddress());
    Thread.ofVirtual().start(this::accept);
  }

  public int port() {
    return listener.getLocalPort();
  }

  /** Another PostgreSQL from now on. */
  public void target(int port) {
    target = port;
  }

  /** Cuts the next so many connections over which something with these words is sent. */
  public synchronized void cut(Cut what, String inStatement, int times) {
    cut = what;
    words = inStatement;
    left = times;
    done = 0;
  }

  /** How many were cut since. */
  public synchronized int cuts() {
    return done;
  }

  private synchronized boolean isCut(byte[] chunk, int length) {
    boolean now =
        left > 0 && new String(chunk, 0, length, StandardCharsets.ISO_8859_1).contains(words);
    if (now) {
      left--;
      done++;
    }
    return now;
  }

  private void accept() {
    try {
      while (true) {
        Socket client = listener.accept();
        Thread.ofVirtual().start(() -> join(client));
      }
    } catch (IOException e) {
      // Closed.
    }
  }

  private void join(Socket client) {
    open.add(client);
    try (client;
        Socket server = new Socket(InetAddress.getLoopbackAddress(), target)) {
      open.add(server);
      // A small message would wait 40 ms for the one before it to be acknowledged.
      client.setTcpNoDelay(true);
      server.setTcpNoDelay(true);
      Answers answers = new Answers(server, client);
      Thread back = Thread.ofVirtual().start(answers);
      forward(client, server, answers);
      server.shutdownOutput();
      back.join();
      open.remove(server);
    } catch (IOException e) {
      // One of the two has gone: so does the other.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      open.remove(client);
    }
  }

  private void forward(Socket client, Socket server, Answers answers) throws IOException {
    byte[] chunk = new byte[CHUNK];
    InputStream in = client.getInputStream();
    for (int length = in.read(chunk); length >= 0; length = in.read(chunk)) {
      if (isCut(chunk, length)) {
        if (cut == Cut.STATEMENT) {
          throw new IOException("cut before the statement");
        }
        answers.swallow();
      }
      server.getOutputStream().write(chunk, 0, length);
    }
  }

  /** What PostgreSQL says, until it is to be swallowed. */
  private static final class Answers implements Runnable {
    /** ReadyForQuery and its length: the statement is over. */
    private static final byte[] READY = {'Z', 0, 0, 0, 5};

    private final Socket server;
    private final Socket client;
    private volatile boolean swallowed;

    Answers(Socket server, Socket client) {
      this.server = server;
      this.client = client;
    }

    void swallow() {
      swallowed = true;
    }

    @Override
    public void run() {
      byte[] chunk = new byte[CHUNK];
      try (client) {
        InputStream in = server.getInputStream();
        for (int length = in.read(chunk); length >= 0; length = in.read(chunk)) {
          if (!swallowed) {
            client.getOutputStream().write(chunk, 0, length);
          } else if (isReady(chunk, length)) {
            return;
          }
        }
      } catch (IOException e) {
        // Its peer has gone.
      }
    }

    private static boolean isReady(byte[] chunk, int length) {
      if (new String(chunk, 0, length, StandardCharsets.ISO_8859_1).startsWith("HTTP/")) {
        return true;
      }
      int from = length - READY.length - 1;
      return from >= 0 && Arrays.equals(chunk, from, length - 1, READY, 0, READY.length);
    }
  }

  @Override
  public void close() throws IOException {
    listener.close();
    for (Socket socket : open) {
      socket.close();
    }
  }
}
