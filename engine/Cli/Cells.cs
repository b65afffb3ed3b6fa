using GitOps.Triggers.Domain;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace GitOps.Triggers.Cli;

/// <summary>Tables without lines, as kubectl prints them: easy to read, easy to cut.</summary>
internal static class Cells
{
    public const string Nothing = "-";

    private const int Widest = 4000;

    private static readonly Style Good = new(Color.Green);
    private static readonly Style Waiting = new(Color.Yellow);
    private static readonly Style Bad = new(Color.Red);
    private static readonly Style Quiet = new(decoration: Decoration.Dim);

    public static Table Table(params string[] columns)
    {
        var table = new Table { Border = TableBorder.None, UseSafeBorder = false, ShowHeaders = true };
        for (var i = 0; i < columns.Length; i++)
            table.AddColumn(new TableColumn(new Text(columns[i], new Style(decoration: Decoration.Bold))) { Padding = new Padding(0, 0, i + 1 < columns.Length ? 2 : 0, 0) });
        return table;
    }

    /// <summary>Writes a table as wide as it is. A terminal that is narrower breaks its lines, which reads better than broken words.</summary>
    public static void WriteWhole(this IAnsiConsole console, Table table)
    {
        var width = console.Profile.Width;
        console.Profile.Width = Widest;
        console.Write(table);
        console.Profile.Width = width;
    }

    /// <summary>The beginning of a long text; the whole of it is in JSON and YAML.</summary>
    public static IRenderable Begin(string? text) => new Text(Shown.Text(text is { Length: > 0 } ? text : Nothing, 100));

    public static IRenderable Plain(string? text) => new Text(Shown.Text(text is { Length: > 0 } ? text : Nothing, 400));

    public static IRenderable Dim(string? text) => new Text(Shown.Text(text is { Length: > 0 } ? text : Nothing, 400), Quiet);

    public static IRenderable Of(RunState state) => new Text(Words.Of(state), StyleOf(state));

    public static IRenderable Of(BuildState state) => new Text(Words.Of(state), state switch
    {
        BuildState.Succeeded => Good,
        BuildState.Rejected or BuildState.Failed => Bad,
        BuildState.Cancelled => Quiet,
        _ => Waiting,
    });

    public static Style StyleOf(RunState state) => state switch
    {
        RunState.Succeeded => Good,
        RunState.Failed or RunState.Missed => Bad,
        RunState.Skipped or RunState.Suspended or RunState.Cancelled => Quiet,
        _ => Waiting,
    };

    public static Style StyleOf(TriggerState? state) => state switch
    {
        TriggerState.Deployed => Good,
        TriggerState.Rejected => Bad,
        null => Quiet,
        _ => Waiting,
    };

    public static Style StyleOf(PassOutcome? outcome) => outcome switch
    {
        PassOutcome.Applied or PassOutcome.Unchanged => Good,
        PassOutcome.Rejected or PassOutcome.Failed => Bad,
        PassOutcome.BranchMissing or null => Quiet,
        _ => Waiting,
    };
}
