package dev.pawl.cli.command;

import picocli.CommandLine.Command;

@Command(
    name = "data",
    description = "What Pawl has stored of the resources it made.",
    mixinStandardHelpOptions = true,
    versionProvider = PawlCommand.Version.class,
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      DataGetCommand.class,
      DataListCommand.class,
      DataHistoryCommand.class,
      DataImportCommand.class,
      DataDeleteCommand.class,
      DataResolveCommand.class,
      DataAuditCommand.class,
      DataRebuildCommand.class
    })
final class DataCommand {}
