package dev.pawl.cli.command;

import picocli.CommandLine.Command;

@Command(
    name = "workflow",
    description = "Stores workflows by name, and reads every version of them.",
    mixinStandardHelpOptions = true,
    versionProvider = PawlCommand.Version.class,
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {WorkflowPutCommand.class, WorkflowGetCommand.class, WorkflowListCommand.class})
final class WorkflowCommand {}
