package dev.pawl.core.command;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;

/** The last 64 KiB that a stream gives; the rest is read and dropped, so that nobody blocks. */
final class Tail {
  /** In bytes. */
  static final int LIMIT = 64 << 10;

  private static final long PATIENCE = TimeUnit.SECONDS.toMillis(10);

  private final byte[] ring = new byte[LIMIT];
  private final InputStream in;
  private final Thread reader;
  private long total;

  private Tail(InputStream in) {
    this.in = in;
    this.reader = new Thread(this::read, "pawl-command-output");
    reader.setDaemon(true);
  }

  static Tail of(InputStream in) {
    Tail tail = new Tail(in);
    tail.reader.start();
    return tail;
  }

  private void read() {
    byte[] block = new byte[8192];
    try (in) {
      for (int n = in.read(block); n >= 0; n = in.read(block)) {
        keep(block, n);
      }
    } catch (IOException e) {
      // The program is gone: what came until then is what there is.
    }
  }

  private synchronized void keep(byte[] block, int length) {
    for (int i = 0; i < length; i++) {
      ring[(int) (total++ % LIMIT)] = block[i];
    }
  }

  /** What came last, once the stream has ended. */
  String text() throws InterruptedException {
    reader.join(PATIENCE);
    synchronized (this) {
      int length = (int) Math.min(total, LIMIT);
      byte[] out = new byte[length];
      for (int i = 0; i < length; i++) {
        out[i] = ring[(int) ((total - length + i) % LIMIT)];
      }
      return new String(out, StandardCharsets.UTF_8);
    }
  }

  /** Whether there was more before. */
  synchronized boolean isCut() {
    return total > LIMIT;
  }
}
