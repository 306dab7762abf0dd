package dev.pawl.codegen.output;

import dev.pawl.codegen.emit.GeneratedFile;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.tools.FileObject;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;

/** Gives the compiler sources from memory, and keeps its classes there. */
final class MemoryFiles extends ForwardingJavaFileManager<StandardJavaFileManager> {
  private final Map<String, ByteArrayOutputStream> classes = new TreeMap<>();

  MemoryFiles(StandardJavaFileManager files) {
    super(files);
  }

  static List<JavaFileObject> sources(List<GeneratedFile> files) {
    return files.stream().<JavaFileObject>map(Source::new).toList();
  }

  List<GeneratedFile> classes() {
    return classes.entrySet().stream()
        .map(e -> new GeneratedFile(e.getKey(), e.getValue().toByteArray()))
        .toList();
  }

  @Override
  public JavaFileObject getJavaFileForOutput(
      JavaFileManager.Location location,
      String className,
      JavaFileObject.Kind kind,
      FileObject sibling) {
    String path = className.replace('.', '/').replace('$', '-') + kind.extension;
    return new SimpleJavaFileObject(URI.create("memory:///" + path), kind) {
      @Override
      public OutputStream openOutputStream() {
        var out = new ByteArrayOutputStream();
        classes.put(className.replace('.', '/') + kind.extension, out);
        return out;
      }
    };
  }

  private static final class Source extends SimpleJavaFileObject {
    private final String text;

    Source(GeneratedFile file) {
      super(URI.create("memory:///" + file.path()), JavaFileObject.Kind.SOURCE);
      this.text = new String(file.content(), StandardCharsets.UTF_8);
    }

    @Override
    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
      return text;
    }
  }
}
