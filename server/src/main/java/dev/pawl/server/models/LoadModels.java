package dev.pawl.server.models;

import dev.pawl.model.Model;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.TreeMap;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds models on the class path and in a directory of jars. A type found in the directory replaces
 * the class path's; two jars with one type are an error.
 */
public final class LoadModels {
  private static final Logger LOG = LoggerFactory.getLogger(LoadModels.class);

  private LoadModels() {}

  /** A models directory that cannot be used; the message is one sentence. */
  public static final class ModelsException extends RuntimeException {
    private static final long serialVersionUID = 1;

    ModelsException(String message, @Nullable Throwable cause) {
      super(message, cause);
    }
  }

  /**
   * Loads.
   *
   * @param modelsDir null for the class path alone
   * @throws ModelsException naming the directory, jar or type that is wrong
   */
  public static ModelRegistry run(@Nullable Path modelsDir) {
    Map<String, Model> found = new HashMap<>();
    for (Model model : ServiceLoader.load(Model.class, LoadModels.class.getClassLoader())) {
      String type = model.descriptor().type();
      if (found.put(type, model) != null) {
        throw new ModelsException("two models on the class path have the type " + type, null);
      }
    }
    if (modelsDir != null) {
      found.putAll(fromDirectory(modelsDir, found));
    }
    return new ModelRegistry(found);
  }

  private static Map<String, Model> fromDirectory(Path dir, Map<String, Model> onClassPath) {
    Map<String, Model> found = new HashMap<>();
    Map<String, Path> owners = new HashMap<>();
    for (Path jar : jars(dir)) {
      for (Map.Entry<String, Model> typed : modelsOf(jar).entrySet()) {
        String type = typed.getKey();
        Path other = owners.put(type, jar);
        if (other != null) {
          throw new ModelsException(
              "both "
                  + other
                  + " and "
                  + jar
                  + " have a model of type "
                  + type
                  + "; remove one of the jars",
              null);
        }
        found.put(type, typed.getValue());
      }
    }
    long replaced = found.keySet().stream().filter(onClassPath::containsKey).count();
    LOG.info(
        "loaded {} models from {}; {} of them replace built-in ones", found.size(), dir, replaced);
    return found;
  }

  private static List<Path> jars(Path dir) {
    if (!Files.isDirectory(dir)) {
      throw new ModelsException(
          "the models directory " + dir + " does not exist or is not a directory", null);
    }
    try (Stream<Path> files = Files.list(dir)) {
      return files.filter(f -> f.getFileName().toString().endsWith(".jar")).sorted().toList();
    } catch (IOException e) {
      throw new ModelsException("the models directory " + dir + " cannot be read", e);
    }
  }

  /** Each jar has a loader of its own, so that two generations of an API cannot mix. */
  private static Map<String, Model> modelsOf(Path jar) {
    Map<String, Model> typed = new TreeMap<>();
    try {
      // A class loader passes over what is no jar without a word.
      new JarFile(jar.toFile()).close();
      URLClassLoader loader =
          new ChildFirst(new URL[] {jar.toUri().toURL()}, Model.class.getClassLoader());
      for (ServiceLoader.Provider<Model> found :
          ServiceLoader.load(Model.class, loader).stream()
              .filter(p -> p.type().getClassLoader() == loader)
              .toList()) {
        Model model = found.get();
        String type = model.descriptor().type();
        if (typed.put(type, model) != null) {
          throw new ModelsException(jar + " has two models of type " + type, null);
        }
      }
    } catch (ModelsException e) {
      throw e;
    } catch (IOException | ServiceConfigurationError | LinkageError | RuntimeException e) {
      throw new ModelsException(
          "the models in "
              + jar
              + " cannot be loaded: "
              + e.getMessage()
              + "; generate the jar again with this version of pawl codegen",
          e);
    }
    if (typed.isEmpty()) {
      LOG.warn("{} has no models; it is not used", jar);
    }
    return typed;
  }

  /** Takes classes under {@code dev.pawl.models} from its own jar first. */
  private static final class ChildFirst extends URLClassLoader {
    ChildFirst(URL[] urls, ClassLoader parent) {
      super(urls, parent);
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
      synchronized (getClassLoadingLock(name)) {
        if (name.startsWith("dev.pawl.models.") && findLoadedClass(name) == null) {
          try {
            return findClass(name);
          } catch (ClassNotFoundException e) {
            // Not in this jar: the parent may have it.
          }
        }
        return super.loadClass(name, resolve);
      }
    }

    @Override
    public @Nullable URL getResource(String name) {
      URL own = findResource(name);
      return own != null ? own : super.getResource(name);
    }
  }
}
