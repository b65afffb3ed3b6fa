using GitOps.Triggers.Domain;
using Microsoft.Extensions.Logging.Console;

namespace GitOps.Triggers.Hosting;

internal static class EngineLogging
{
    /// <summary>Levels are as in any .NET program: <c>Logging__LogLevel__Default=Debug</c> in the environment shows more.</summary>
    public static void AddEngineConsole(this ILoggingBuilder logging, ISecretMask mask)
    {
        logging.ClearProviders();
        logging.AddConsoleFormatter<EngineConsole, ConsoleFormatterOptions>();
        logging.AddConsole(console =>
        {
            console.FormatterName = EngineConsole.FormatterName;
            console.LogToStandardErrorThreshold = LogLevel.Trace;
        });
        logging.AddFilter("Microsoft", LogLevel.Warning);
        logging.AddFilter("Microsoft.Hosting.Lifetime", LogLevel.Information);
        logging.AddFilter("System.Net.Http", LogLevel.Warning);
    }
}
