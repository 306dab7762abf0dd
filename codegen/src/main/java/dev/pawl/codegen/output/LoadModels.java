package dev.pawl.codegen.output;

import dev.pawl.codegen.document.CodegenException;
import dev.pawl.codegen.emit.GeneratedFile;
import dev.pawl.model.Model;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLConnection;
import java.net.URLStreamHandler;
import java.util.Collections;
import java.util.Enumeration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import org.jspecify.annotations.Nullable;

/** Loads compiled models without touching the disk, as a server finds them in a jar. */
public final class LoadModels extends ClassLoader {
  private final Map<String, byte[]> files = new HashMap<>();

  private LoadModels(List<GeneratedFile> files) {
    super(Model.class.getClassLoader());
    files.forEach(f -> this.files.put(f.path(), f.content()));
  }

  /**
   * Loads.
   *
   * @param files class files, data files and the list of services
   */
  public static List<Model> run(List<GeneratedFile> files) {
    LoadModels loader = new LoadModels(files);
    return ServiceLoader.load(Model.class, loader).stream()
        .filter(p -> p.type().getClassLoader() == loader)
        .map(ServiceLoader.Provider::get)
        .toList();
  }

  /** Its own classes first: whoever asks may have other models of the same API. */
  @Override
  protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
    synchronized (getClassLoadingLock(name)) {
      Class<?> known = findLoadedClass(name);
      if (known == null && files.containsKey(name.replace('.', '/') + ".class")) {
        known = findClass(name);
      }
      return known == null ? super.loadClass(name, resolve) : known;
    }
  }

  @Override
  protected Class<?> findClass(String name) throws ClassNotFoundException {
    byte[] bytes = files.get(name.replace('.', '/') + ".class");
    if (bytes == null) {
      throw new ClassNotFoundException(name);
    }
    return defineClass(name, bytes, 0, bytes.length);
  }

  @Override
  public @Nullable InputStream getResourceAsStream(String name) {
    byte[] bytes = files.get(name);
    return bytes == null ? super.getResourceAsStream(name) : new ByteArrayInputStream(bytes);
  }

  @Override
  protected Enumeration<URL> findResources(String name) throws IOException {
    byte[] bytes = files.get(name);
    return bytes == null
        ? super.findResources(name)
        : Collections.enumeration(List.of(url(name, bytes)));
  }

  @SuppressWarnings("deprecation") // the only constructor that takes a handler on Java 17
  private static URL url(String name, byte[] bytes) {
    try {
      return new URL("memory", "", -1, "/" + name, new Bytes(bytes));
    } catch (MalformedURLException e) {
      throw new CodegenException(name + " cannot be loaded: " + e.getMessage(), e);
    }
  }

  /** Opens nothing but the bytes it was given. */
  private static final class Bytes extends URLStreamHandler {
    private final byte[] bytes;

    Bytes(byte[] bytes) {
      this.bytes = bytes;
    }

    @Override
    protected URLConnection openConnection(URL url) {
      return new URLConnection(url) {
        @Override
        public void connect() {}

        @Override
        public InputStream getInputStream() {
          return new ByteArrayInputStream(bytes);
        }
      };
    }
  }
}
