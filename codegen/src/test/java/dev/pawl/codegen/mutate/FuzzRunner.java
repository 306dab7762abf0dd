package dev.pawl.codegen.mutate;

import dev.pawl.codegen.Codegen;
import dev.pawl.codegen.CodegenOptions;
import dev.pawl.codegen.document.CodegenException;
import dev.pawl.codegen.emit.GeneratedFile;
import dev.pawl.codegen.mutate.FuzzResult.Outcome;
import dev.pawl.codegen.output.CompileModels;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/** Runs codegen on a changed document, within a time and inside a guarded folder. */
final class FuzzRunner {
  private static final long SECONDS = 20;

  private final Path outer;
  private final Path guard;

  /** Uses a folder in which nothing else may appear. */
  FuzzRunner(Path outer) throws IOException {
    this.outer = outer;
    this.guard = Files.createDirectories(outer.resolve("a/b/guard"));
  }

  FuzzResult run(FuzzCase one, boolean compile) throws IOException {
    clear(guard);
    Path document = Files.write(guard.resolve(one.file()), one.bytes());
    Path out = guard.resolve("out");
    long start = System.nanoTime();
    FuzzResult ran = within(document, out, start);
    String astray = astray(document, out);
    if (!astray.isEmpty()) {
      return new FuzzResult(Outcome.ASTRAY, astray, ran.millis());
    }
    return compile && ran.outcome() == Outcome.CLEAN ? compiled(out, ran) : ran;
  }

  private FuzzResult within(Path document, Path out, long start) {
    FutureTask<String> task =
        new FutureTask<>(
            () -> {
              Codegen.run(CodegenOptions.of(document).withOut(out));
              return "";
            });
    Thread thread = new Thread(task, "fuzz");
    thread.setDaemon(true);
    thread.start();
    try {
      task.get(SECONDS, TimeUnit.SECONDS);
      return new FuzzResult(Outcome.CLEAN, "", since(start));
    } catch (ExecutionException e) {
      return failed(e.getCause() == null ? e : e.getCause(), document, since(start));
    } catch (TimeoutException e) {
      String where = Arrays.stream(thread.getStackTrace()).limit(12).toList().toString();
      return new FuzzResult(Outcome.ENDLESS, where, since(start));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private static FuzzResult failed(Throwable cause, Path document, long millis) {
    if (cause instanceof CodegenException refusal) {
      boolean named = String.valueOf(refusal.getMessage()).contains(document.toString());
      return new FuzzResult(
          named ? Outcome.REFUSED : Outcome.NAMELESS, String.valueOf(cause.getMessage()), millis);
    }
    String where =
        Arrays.stream(cause.getStackTrace())
            .filter(f -> f.getClassName().startsWith("dev.pawl"))
            .limit(4)
            .toList()
            .toString();
    return new FuzzResult(Outcome.CRASHED, cause + " at " + where, millis);
  }

  /** Says what lies where it should not; empty where all is well. */
  private String astray(Path document, Path out) throws IOException {
    try (Stream<Path> files = Files.walk(outer)) {
      return files
          .filter(Files::isRegularFile)
          .filter(f -> !f.equals(document))
          .filter(
              f ->
                  !f.startsWith(out.resolve("dev/pawl/models/api"))
                      && !f.startsWith(out.resolve("META-INF/pawl/api"))
                      && !f.startsWith(out.resolve("META-INF/services")))
          .findFirst()
          .map(Path::toString)
          .orElse("");
    }
  }

  private static FuzzResult compiled(Path out, FuzzResult ran) throws IOException {
    List<GeneratedFile> sources = new ArrayList<>();
    try (Stream<Path> files = Files.walk(out)) {
      for (Path file : files.filter(f -> f.toString().endsWith(".java")).sorted().toList()) {
        sources.add(
            new GeneratedFile(
                out.relativize(file).toString().replace('\\', '/'), Files.readAllBytes(file)));
      }
    }
    try {
      CompileModels.run(sources);
      return new FuzzResult(Outcome.COMPILED, "", ran.millis());
    } catch (CodegenException e) {
      return new FuzzResult(Outcome.UNCOMPILABLE, String.valueOf(e.getMessage()), ran.millis());
    }
  }

  private static void clear(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      files
          .filter(f -> !f.equals(folder))
          .sorted(Comparator.reverseOrder())
          .forEach(
              f -> {
                try {
                  Files.delete(f);
                } catch (IOException e) {
                  throw new UncheckedIOException(e);
                }
              });
    }
  }

  private static long since(long start) {
    return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
  }
}
