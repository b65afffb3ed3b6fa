using GitOps.Triggers.Domain;
using Spectre.Console;

namespace GitOps.Triggers.Cli;

/// <summary>Asks before something is done that only much work undoes.</summary>
internal static class Confirmation
{
    /// <exception cref="CliException">It was not confirmed, or nobody is there to confirm it.</exception>
    public static async Task RequireAsync(Shell shell, string what, CancellationToken ct)
    {
        if (!shell.Terminal.IsInteractive)
            throw CliException.Usage($"{what}, and nobody can be asked whether that is meant.", "Add --yes.");
        shell.Terminal.Notes.Write(new Text($"{Shown.Text(what, 1000)}. Go on? [y/N] "));
        var answer = await shell.Input.ReadLineAsync(ct);
        if (answer?.Trim().ToUpperInvariant() is not ("Y" or "YES"))
            throw new CliException(ExitCode.Findings, "Nothing was done.", "");
    }
}
