package dev.pawl.codegen;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLConnection;
import java.net.URLStreamHandler;

/** A URL of bytes in memory. */
final class MemoryUrl {
  private MemoryUrl() {}

  @SuppressWarnings("deprecation") // the only constructor that takes a handler on Java 17
  static URL of(String name, byte[] content) {
    try {
      return new URL(
          "memory",
          "",
          -1,
          "/" + name,
          new URLStreamHandler() {
            @Override
            protected URLConnection openConnection(URL url) {
              return new URLConnection(url) {
                @Override
                public void connect() {}

                @Override
                public InputStream getInputStream() {
                  return new ByteArrayInputStream(content);
                }
              };
            }
          });
    } catch (MalformedURLException e) {
      throw new IllegalArgumentException(e);
    }
  }
}
