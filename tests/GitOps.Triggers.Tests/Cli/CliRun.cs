using System.Text.RegularExpressions;
using GitOps.Triggers.Cli;
using Xunit;

namespace GitOps.Triggers.Tests.Cli;

/// <summary>One call of the command line, as a program that reads its output makes it.</summary>
internal sealed partial record CliRun(int ExitCode, string Output, string Notes)
{
    /// <summary>The data without bold, dim and colours: whether a terminal shows these depends on what TERM says of it.</summary>
    public string WithoutStyles => Styles().Replace(Output, "");

    public static Task<CliRun> RunAsync(string folder, params string[] args) => RunAsync(folder, TimeProvider.System, ShowTo.Pipe, args);

    public static Task<CliRun> RunAsync(string folder, TimeProvider clock, ShowTo reader, params string[] args) => RunAsync(folder, clock, reader, null, args);

    /// <param name="folder">Where it is called.</param>
    /// <param name="clock">What the time is.</param>
    /// <param name="reader">Who reads the data.</param>
    /// <param name="typed">What somebody at a terminal answers; none: nobody is there.</param>
    /// <param name="args">The words after the program's name.</param>
    public static async Task<CliRun> RunAsync(string folder, TimeProvider clock, ShowTo reader, string? typed, string[] args)
    {
        var (output, notes) = (new StringWriter(), new StringWriter());
        var shell = new Shell
        {
            Terminal = new Terminal(output, notes, outputIsTerminal: reader == ShowTo.Person, errorIsTerminal: typed is not null, colours: false),
            Input = new StringReader(typed ?? ""),
            Folder = folder,
            Variable = _ => null,
            Clock = clock,
            Program = ["gitops-triggers"],
        };
        var code = await CommandLine.RunAsync(args, (config, _) => Task.FromResult(config.Length > 0 ? Served : 0), shell, TestContext.Current.CancellationToken);
        return new CliRun(code, output.ToString(), notes.ToString());
    }

    /// <summary>What 'serve' ends with.</summary>
    public const int Served = 42;

    [GeneratedRegex("\u001b\\[[0-9;]*m")]
    private static partial Regex Styles();
}
