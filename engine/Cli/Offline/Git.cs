using System.ComponentModel;
using CliWrap;
using CliWrap.Buffered;

namespace GitOps.Triggers.Cli;

/// <summary>Asks the user's own git about the user's own checkout. Always by an argument list.</summary>
internal static class Git
{
    /// <returns>What git printed; none when it refused, or when there is no git.</returns>
    public static async Task<string?> AskAsync(string folder, IReadOnlyList<string> arguments, CancellationToken ct)
    {
        try
        {
            var result = await CliWrap.Cli.Wrap("git").WithArguments(arguments).WithWorkingDirectory(folder)
                .WithValidation(CommandResultValidation.None).ExecuteBufferedAsync(ct);
            return result.IsSuccess ? result.StandardOutput : null;
        }
        catch (Win32Exception)
        {
            return null;
        }
    }

    /// <returns>Git's exit code; none when there is no git.</returns>
    public static async Task<int?> TryAsync(string folder, IReadOnlyList<string> arguments, CancellationToken ct)
    {
        try
        {
            return (await CliWrap.Cli.Wrap("git").WithArguments(arguments).WithWorkingDirectory(folder)
                .WithValidation(CommandResultValidation.None).ExecuteAsync(ct)).ExitCode;
        }
        catch (Win32Exception)
        {
            return null;
        }
    }
}
