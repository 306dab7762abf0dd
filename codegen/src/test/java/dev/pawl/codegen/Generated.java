package dev.pawl.codegen;

import dev.pawl.codegen.emit.EmitApi;
import dev.pawl.codegen.emit.GeneratedFile;
import dev.pawl.codegen.ir.Api;
import dev.pawl.codegen.output.CompileModels;
import dev.pawl.model.Model;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.net.URL;
import java.util.ArrayList;
import java.util.Enumeration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import org.jspecify.annotations.Nullable;

/** Generated classes, compiled and loaded without touching the disk. */
final class Generated extends ClassLoader {
  private final Map<String, byte[]> files = new HashMap<>();

  private Generated(List<GeneratedFile> files) {
    super(Generated.class.getClassLoader());
    files.forEach(f -> this.files.put(f.path(), f.content()));
  }

  /** Compiles as strictly as a build would. */
  static Generated of(Api api) {
    return of(new EmitApi(api));
  }

  /** The same of what is about to be emitted. */
  static Generated of(EmitApi emit) {
    List<GeneratedFile> files = new ArrayList<>(CompileModels.run(emit.sources().toList()));
    files.addAll(emit.resources().toList());
    return new Generated(files);
  }

  /** All models, found as a server finds them. */
  List<Model> models() {
    return ServiceLoader.load(Model.class, this).stream()
        .filter(p -> p.type().getClassLoader() == this)
        .map(ServiceLoader.Provider::get)
        .toList();
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
  protected Enumeration<URL> findResources(String name) throws java.io.IOException {
    byte[] bytes = files.get(name);
    return bytes == null
        ? super.findResources(name)
        : java.util.Collections.enumeration(List.of(MemoryUrl.of(name, bytes)));
  }
}
