using System.Net.Sockets;
using GitOps.Triggers.Cli;
using GitOps.Triggers.Domain;
using GitOps.Triggers.Storage;
using Microsoft.AspNetCore.Connections;
using Microsoft.Data.Sqlite;

namespace GitOps.Triggers.Hosting;

/// <summary>Why an engine could not start, where that lies outside of it: as words for its operator.</summary>
internal static class StartFailures
{
    /// <returns>None: a defect.</returns>
    public static CliException? Explain(Exception failure, EngineConfiguration configuration) => failure switch
    {
        // The API's token.
        InvalidDataException unusable => CliException.Environment(unusable.Message, ""),
        IOException { InnerException: AddressInUseException } => CliException.Environment(
            $"The engine cannot listen at {Addresses(configuration)}: another program does.",
            "Stop that one, which may be another engine, or give this one another address under server: listen: in the configuration."),
        SocketException refused => CliException.Environment(
            $"The engine cannot listen at {Addresses(configuration)}: {refused.Message}.",
            "Name an address of this machine, and a port that the engine's user may take, under server: listen: in the configuration."),
        _ when failure.GetBaseException() is SqliteException broken => CliException.Environment(
            $"The database {Database.FileIn(configuration.DataFolder)} cannot be read or written: {broken.Message}",
            "Is the disk full or read-only? A damaged file is replaced by a back-up, or removed: all but the history comes back from git."),
        _ => null,
    };

    private static string Addresses(EngineConfiguration configuration) =>
        configuration.MetricsListen is { } metrics ? $"{configuration.Listen} and {metrics}" : configuration.Listen.ToString();
}
