using GitOps.Triggers.Domain;
using Spectre.Console;

namespace GitOps.Triggers.Cli;

/// <summary>Where a command writes: data on stdout, everything that is for people only on stderr. Colours and live views on a terminal only.</summary>
internal sealed class Terminal
{
    // Wide enough that a table is never folded in a pipe, where something reads its lines.
    private const int PipeWidth = 400;

    public Terminal()
    {
        Data = Console(System.Console.Out, System.Console.IsOutputRedirected);
        Notes = Console(System.Console.Error, System.Console.IsErrorRedirected);
    }

    public IAnsiConsole Data { get; }

    public IAnsiConsole Notes { get; }

    /// <summary>Somebody is looking: progress may move.</summary>
    public bool IsInteractive => !System.Console.IsErrorRedirected && !System.Console.IsOutputRedirected;

    public void Note(string text) => Notes.WriteLine(Shown.Text(text, 2000));

    public void Problem(string message, string fix)
    {
        Notes.MarkupLineInterpolated($"[red]error:[/] {Shown.Text(message, 2000)}");
        if (fix.Length > 0)
            Notes.WriteLine("  " + Shown.Text(fix, 2000));
    }

    private static IAnsiConsole Console(TextWriter writer, bool redirected)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Out = new AnsiConsoleOutput(writer),
            Ansi = redirected ? AnsiSupport.No : AnsiSupport.Detect,
            ColorSystem = redirected || Environment.GetEnvironmentVariable("NO_COLOR") is { Length: > 0 } ? ColorSystemSupport.NoColors : ColorSystemSupport.Detect,
        });
        if (redirected)
            console.Profile.Width = PipeWidth;
        return console;
    }
}
