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

    public static async Task<CliRun> RunAsync(string folder, TimeProvider clock, ShowTo reader, params string[] args)
    {
        var (output, notes) = (new StringWriter(), new StringWriter());
        var shell = new Shell
        {
            Terminal = new Terminal(output, notes, outputIsTerminal: reader == ShowTo.Person, errorIsTerminal: false, colours: false),
            Input = TextReader.Null,
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
