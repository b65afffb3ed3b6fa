using GitOps.Triggers.Domain;
using Spectre.Console;

namespace GitOps.Triggers.Cli;

/// <summary>Where a command writes: data on stdout, everything that is for people only on stderr. Colours and live views on a terminal only.</summary>
internal sealed class Terminal
{
    // Wide enough that a table is never folded in a pipe, where something reads its lines.
    private const int PipeWidth = 4000;
    private const int LongestNote = 4000;

    // Made when they are written to: that takes longer than what the hook of a push has to do.
    private readonly Lazy<IAnsiConsole> data, notes;

    /// <param name="output">For data.</param>
    /// <param name="error">For people.</param>
    /// <param name="outputIsTerminal">Somebody reads the data as it comes.</param>
    /// <param name="errorIsTerminal">Somebody is there.</param>
    /// <param name="colours">False when NO_COLOR is set.</param>
    public Terminal(TextWriter output, TextWriter error, bool outputIsTerminal, bool errorIsTerminal, bool colours)
    {
        (Out, Error) = (output, error);
        data = new(() => Console(outputIsTerminal ? output : new TrimmedLines(output), outputIsTerminal, colours));
        notes = new(() => Console(error, errorIsTerminal, colours));
        ShowsData = outputIsTerminal;
        IsInteractive = outputIsTerminal && errorIsTerminal;
    }

    /// <summary>Text as it is, with nothing folded or coloured.</summary>
    public TextWriter Out { get; }

    /// <summary>Beside the data, as it is.</summary>
    public TextWriter Error { get; }

    public IAnsiConsole Data => data.Value;

    public IAnsiConsole Notes => notes.Value;

    /// <summary>Data goes to a person, not to a program or a file.</summary>
    public bool ShowsData { get; }

    /// <summary>Somebody is looking: progress may move.</summary>
    public bool IsInteractive { get; }

    public static Terminal OfProcess() => new(
        System.Console.Out,
        System.Console.Error,
        !System.Console.IsOutputRedirected,
        !System.Console.IsErrorRedirected,
        // https://no-color.org
        Environment.GetEnvironmentVariable("NO_COLOR") is not { Length: > 0 });

    public void Note(string text) => Notes.WriteLine(Shown.Text(text, LongestNote));

    public void Problem(string message, string fix)
    {
        Notes.MarkupLineInterpolated($"[red]error:[/] {Shown.Text(message, LongestNote)}");
        foreach (var line in fix.Split('\n', StringSplitOptions.RemoveEmptyEntries))
            Notes.WriteLine("  " + Shown.Text(line, LongestNote));
    }

    public void Warning(string message) => Notes.MarkupLineInterpolated($"[yellow]warning:[/] {Shown.Text(message, LongestNote)}");

    private static IAnsiConsole Console(TextWriter writer, bool isTerminal, bool colours)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Out = new AnsiConsoleOutput(writer),
            Ansi = isTerminal ? AnsiSupport.Detect : AnsiSupport.No,
            ColorSystem = isTerminal && colours ? ColorSystemSupport.Detect : ColorSystemSupport.NoColors,
        });
        if (!isTerminal)
            console.Profile.Width = PipeWidth;
        return console;
    }
}
