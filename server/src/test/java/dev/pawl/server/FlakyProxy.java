package dev.pawl.server;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** Stands before a port and can refuse connections, or swallow what is said on them. */
final class FlakyProxy implements AutoCloseable {
  private final int target;
  private final int port;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition thawed = lock.newCondition();
  private ServerSocket listener;
  private boolean frozen;

  FlakyProxy(int target) throws IOException {
    this.target = target;
    this.listener = listen(0);
    this.port = listener.getLocalPort();
    accept(listener);
  }

  int port() {
    return port;
  }

  /** Ends every connection and takes no more. */
  void refuse() throws IOException {
    listener.close();
    closeAll();
  }

  /** Keeps every connection, takes more, and passes nothing on. */
  void freeze() {
    set(true);
  }

  /** As if nothing had happened; what was frozen is ended, as a network that lost state would. */
  void mend() throws IOException {
    closeAll();
    set(false);
    if (listener.isClosed()) {
      listener = listen(port);
      accept(listener);
    }
  }

  private void set(boolean to) {
    lock.lock();
    try {
      frozen = to;
      thawed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private static ServerSocket listen(int port) throws IOException {
    ServerSocket socket = new ServerSocket();
    socket.setReuseAddress(true);
    socket.bind(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), port));
    return socket;
  }

  private void accept(ServerSocket on) {
    Thread.ofPlatform()
        .daemon()
        .start(
            () -> {
              while (!on.isClosed()) {
                try {
                  connect(on.accept());
                } catch (IOException e) {
                  // Closed, or nobody behind us: either way the caller is to see it.
                }
              }
            });
  }

  private void connect(Socket client) throws IOException {
    open.add(client);
    Socket server = new Socket(InetAddress.getByName("127.0.0.1"), target);
    open.add(server);
    pump(client, server);
    pump(server, client);
  }

  private void pump(Socket from, Socket to) {
    Thread.ofPlatform()
        .daemon()
        .start(
            () -> {
              try (from;
                  to;
                  InputStream in = from.getInputStream();
                  OutputStream out = to.getOutputStream()) {
                byte[] buffer = new byte[8192];
                for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                  awaitThaw();
                  out.write(buffer, 0, read);
                  out.flush();
                }
              } catch (IOException e) {
                // One side has gone; closing both tells the other.
              } finally {
                open.remove(from);
                open.remove(to);
              }
            });
  }

  private void awaitThaw() {
    lock.lock();
    try {
      while (frozen) {
        thawed.awaitUninterruptibly();
      }
    } finally {
      lock.unlock();
    }
  }

  private void closeAll() throws IOException {
    for (Socket socket : open) {
      socket.close();
    }
  }

  @Override
  public void close() throws IOException {
    listener.close();
    closeAll();
    set(false);
  }
}
