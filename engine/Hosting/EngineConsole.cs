using GitOps.Triggers.Domain;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging.Console;

namespace GitOps.Triggers.Hosting;

/// <summary>The engine's log: one line per event on stderr, times in UTC, secrets masked, exceptions on the indented lines below.</summary>
internal sealed class EngineConsole(ISecretMask mask, TimeProvider time) : ConsoleFormatter(FormatterName)
{
    public const string FormatterName = "engine";

    public override void Write<TState>(in LogEntry<TState> entry, IExternalScopeProvider? scopeProvider, TextWriter textWriter)
    {
        var message = entry.Formatter(entry.State, entry.Exception);
        textWriter.Write($"{time.GetUtcNow():yyyy-MM-ddTHH:mm:ss.fffZ} {Level(entry.LogLevel)} {Short(entry.Category)}: ");
        // Masked before it is cut, lest the beginning of a secret is what is left of it; and after, for what was spelt out before it came here.
        textWriter.WriteLine(mask.Apply(Shown.Text(mask.Apply(message), 4000)));
        // What a message of it says may be somebody else's words: no line of them may look like one of the log's own, or steer a terminal.
        foreach (var line in entry.Exception is { } failure ? mask.Apply(failure.ToString()).ReplaceLineEndings("\n").Split('\n') : [])
            textWriter.WriteLine("    " + Shown.Text(line, 4000));
    }

    private static string Level(LogLevel level) => level switch
    {
        LogLevel.Trace => "trace",
        LogLevel.Debug => "debug",
        LogLevel.Information => "info ",
        LogLevel.Warning => "warn ",
        LogLevel.Error => "error",
        _ => "fatal",
    };

    private static string Short(string category) => category[(category.LastIndexOf('.') + 1)..];
}
