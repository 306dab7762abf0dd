package dev.pawl.maven;

import dev.pawl.codegen.BuildModels;
import dev.pawl.codegen.BuildOptions;
import dev.pawl.codegen.BuildResult;
import dev.pawl.codegen.document.CodegenException;
import java.io.File;
import java.util.Set;
import org.apache.maven.model.Resource;
import org.apache.maven.plugin.AbstractMojo;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.plugins.annotations.LifecyclePhase;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;
import org.apache.maven.project.MavenProject;
import org.jspecify.annotations.Nullable;

/**
 * Generates model classes from OpenAPI documents, and adds them to the project's sources and
 * resources. Does nothing when neither documents nor overrides nor Pawl have changed.
 *
 * <p>Models written by hand and listed in the project's own {@code
 * META-INF/services/dev.pawl.model.Model} get into one list with the generated ones.
 */
@Mojo(name = "generate", defaultPhase = LifecyclePhase.GENERATE_SOURCES, threadSafe = true)
@SuppressWarnings("NullAway.Init") // Maven sets the fields
public final class GenerateMojo extends AbstractMojo {
  /**
   * A folder of OpenAPI documents (.yaml, .yml, .json), or one document. Overrides lie beside each
   * document as {@code <document without extension>.overrides.yaml}.
   */
  @Parameter(property = "pawl.specs", defaultValue = "${project.basedir}/src/main/pawl")
  File specs;

  /**
   * The first part of the model types, such as {@code greenhouse} in {@code greenhouse/bed}; by
   * default the document's file name. Only where there is one document.
   */
  @Parameter(property = "pawl.name")
  @Nullable String name;

  /** An overrides file elsewhere than beside its document. Only where there is one document. */
  @Parameter(property = "pawl.overrides")
  @Nullable File overrides;

  /** Where Java sources go; belongs to this goal alone. */
  @Parameter(
      property = "pawl.sources",
      defaultValue = "${project.build.directory}/generated-sources/pawl")
  File sources;

  /** Where data files and the list of models go; belongs to this goal alone. */
  @Parameter(
      property = "pawl.resources",
      defaultValue = "${project.build.directory}/generated-resources/pawl")
  File resources;

  /** Where {@code <name>.report.json} goes: what was understood of each document, and why. */
  @Parameter(property = "pawl.reports", defaultValue = "${project.build.directory}/pawl")
  File reports;

  /** Generates nothing and adds nothing. */
  @Parameter(property = "pawl.skip", defaultValue = "false")
  boolean skip;

  @Parameter(defaultValue = "${project}", readonly = true, required = true)
  MavenProject project;

  /**
   * Runs.
   *
   * @throws MojoFailureException in codegen's words, when a document, its overrides or an output
   *     cannot be used
   * @throws MojoExecutionException when the project's own list of models cannot be read
   */
  @Override
  public void execute() throws MojoExecutionException, MojoFailureException {
    if (skip) {
      getLog().info("pawl.skip is set: no models are generated");
      return;
    }
    Set<String> own = OwnModels.takeFrom(project.getResources());
    try {
      tell(BuildModels.run(options(own), step -> getLog().info(step)));
    } catch (CodegenException e) {
      // Its message is for people and complete; a cause would be printed after it.
      getLog().debug(e);
      throw new MojoFailureException(e.getMessage());
    }
    project.addCompileSourceRoot(sources.getPath());
    Resource folder = new Resource();
    folder.setDirectory(resources.getPath());
    project.addResource(folder);
  }

  private BuildOptions options(Set<String> own) {
    return BuildOptions.of(specs.toPath(), sources.toPath(), resources.toPath())
        .withName(name)
        .withOverrides(overrides == null ? null : overrides.toPath())
        .withReports(reports.toPath())
        .withOwnModels(own);
  }

  private void tell(BuildResult result) {
    if (result instanceof BuildResult.Generated generated) {
      generated.documents().forEach(this::tell);
    } else {
      getLog().info("models are up to date");
    }
  }

  private void tell(BuildResult.Document document) {
    document.warnings().forEach(getLog()::warn);
    getLog().info(document.name() + ": models " + String.join(", ", document.types()));
    if (document.skipped() > 0) {
      getLog()
          .info(
              document.name()
                  + ": "
                  + document.skipped()
                  + (document.skipped() == 1 ? " operation got" : " operations got")
                  + " no model; "
                  + new File(reports, document.name() + ".report.json")
                  + " says why");
    }
  }
}
