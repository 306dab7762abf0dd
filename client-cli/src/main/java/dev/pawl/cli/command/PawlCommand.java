package dev.pawl.cli.command;

import java.io.IOException;
import java.io.InputStream;
import java.util.Properties;
import picocli.AutoComplete.GenerateCompletion;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.IVersionProvider;

/** The root of all commands. */
@Command(
    name = "pawl",
    description = "Runs workflows: what is done stays done, and running again is always safe.",
    mixinStandardHelpOptions = true,
    versionProvider = PawlCommand.Version.class,
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      RunCommand.class,
      PlanCommand.class,
      RetryCommand.class,
      SkipCommand.class,
      CancelCommand.class,
      WatchCommand.class,
      ShowCommand.class,
      LogsCommand.class,
      ApproveCommand.class,
      RunsCommand.class,
      ArchiveCommand.class,
      WorkflowCommand.class,
      DataCommand.class,
      ModelsCommand.class,
      ValidateCommand.class,
      CodegenCommand.class,
      SchemaCommand.class,
      ServerCommand.class,
      SandboxCommand.class,
      EmbeddedServerCommand.class,
      GenerateCompletion.class,
      HelpCommand.class
    },
    footer = {
      "",
      "Examples:",
      "  pawl run examples/web-tier/workflow.yaml --sandbox digitalocean",
      "  pawl show RUN -o json",
      "",
      "Exit codes: 0 ok, 1 the run or call failed, 2 usage or invalid file, 3 in doubt.",
      "PAWL_SERVER, PAWL_NAMESPACE and PAWL_DATA_DIR stand for the options of those names."
    })
public final class PawlCommand {
  static final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() throws IOException {
      return new String[] {"pawl " + version()};
    }
  }

  /** This build's version. */
  public static String version() throws IOException {
    Properties properties = new Properties();
    try (InputStream in =
        PawlCommand.class.getResourceAsStream("/dev/pawl/cli/version.properties")) {
      properties.load(in);
    }
    return properties.getProperty("version");
  }
}
