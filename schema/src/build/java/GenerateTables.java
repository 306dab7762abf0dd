import dev.pawl.postgres.EmbeddedPostgres;
import dev.pawl.postgres.PostgresOptions;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.flywaydb.core.Flyway;
import org.jooq.codegen.GenerationTool;
import org.jooq.meta.jaxb.Configuration;
import org.jooq.meta.jaxb.Database;
import org.jooq.meta.jaxb.ForcedType;
import org.jooq.meta.jaxb.Generate;
import org.jooq.meta.jaxb.GeneratedAnnotationType;
import org.jooq.meta.jaxb.Generator;
import org.jooq.meta.jaxb.Jdbc;
import org.jooq.meta.jaxb.Logging;
import org.jooq.meta.jaxb.Target;

/**
 * Run by the build: migrates an empty PostgreSQL and writes jOOQ's classes for its tables.
 *
 * <p>Arguments: the migrations' folder, the target folder, a scratch folder for the database, this
 * file. Nothing is done when neither the migrations, nor this file, nor jOOQ changed since the last
 * time.
 */
public final class GenerateTables {
  /** Held here, as loggers that nobody holds forget their level. */
  private static final Logger FLYWAY = Logger.getLogger("org.flywaydb");

  public static void main(String[] args) throws Exception {
    Path migrations = Path.of(args[0]);
    Path target = Path.of(args[1]);
    Path scratch = Path.of(args[2]);
    Path stamp = target.resolveSibling(target.getFileName() + ".sha256");
    String now = fingerprint(migrations.getParent(), Path.of(args[3]));
    if (Files.exists(stamp) && Files.readString(stamp).equals(now)) {
      return;
    }
    FLYWAY.setLevel(Level.WARNING);
    delete(scratch);
    delete(target);
    try (EmbeddedPostgres pg = EmbeddedPostgres.start(PostgresOptions.in(scratch))) {
      Flyway.configure()
          .dataSource(pg.jdbcUrl(), pg.user(), pg.password())
          .locations(
              "filesystem:" + migrations, "filesystem:" + migrations.resolveSibling("postgresql"))
          .load()
          .migrate();
      GenerationTool.generate(configuration(pg, target));
    }
    delete(scratch);
    Files.writeString(stamp, now);
  }

  private static Configuration configuration(EmbeddedPostgres pg, Path target) {
    return new Configuration()
        .withLogging(Logging.WARN)
        .withJdbc(new Jdbc().withUrl(pg.jdbcUrl()).withUser(pg.user()).withPassword(pg.password()))
        .withGenerator(
            new Generator()
                .withDatabase(
                    new Database()
                        .withInputSchema("public")
                        // Rows live wherever the connection's search_path says.
                        .withOutputSchemaToDefault(true)
                        .withExcludes("flyway_schema_history|.*_p([0-9]+|_rest)")
                        .withForcedTypes(
                            new ForcedType()
                                .withName("INSTANT")
                                .withIncludeTypes("timestamp.*with.*time.*zone|timestamptz")))
                .withGenerate(
                    new Generate()
                        .withComments(true)
                        .withFluentSetters(true)
                        .withGeneratedAnnotation(true)
                        .withGeneratedAnnotationType(
                            GeneratedAnnotationType.JAVAX_ANNOTATION_PROCESSING_GENERATED)
                        .withGeneratedAnnotationDate(false))
                .withTarget(
                    new Target()
                        .withPackageName("dev.pawl.schema")
                        .withDirectory(target.toString())));
  }

  private static String fingerprint(Path migrations, Path thisFile)
      throws IOException, NoSuchAlgorithmException {
    MessageDigest sha = MessageDigest.getInstance("SHA-256");
    sha.update(org.jooq.Constants.FULL_VERSION.getBytes());
    sha.update(Files.readAllBytes(thisFile));
    for (Path file : files(migrations)) {
      sha.update(migrations.relativize(file).toString().getBytes());
      try (InputStream in = Files.newInputStream(file)) {
        sha.update(in.readAllBytes());
      }
    }
    return HexFormat.of().formatHex(sha.digest());
  }

  private static List<Path> files(Path root) throws IOException {
    try (Stream<Path> paths = Files.walk(root)) {
      return paths.filter(Files::isRegularFile).sorted().toList();
    }
  }

  private static void delete(Path root) throws IOException {
    if (!Files.exists(root)) {
      return;
    }
    try (Stream<Path> paths = Files.walk(root)) {
      for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }
}
