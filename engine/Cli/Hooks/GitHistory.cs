using System.ComponentModel;
using CliWrap;

namespace GitOps.Triggers.Cli;

internal static class GitHistory
{
    /// <summary>The branch's earlier commit is no longer in its history: a forced push. False where git cannot say.</summary>
    /// <param name="update">What was pushed.</param>
    /// <param name="repository">The repository's folder.</param>
    /// <param name="ct">Ends git, too.</param>
    public static async Task<bool> IsRewrittenAsync(RefUpdate update, string repository, CancellationToken ct)
    {
        if (update.Created || update.Deleted)
            return false;
        try
        {
            var ended = await CliWrap.Cli.Wrap("git")
                .WithArguments(["merge-base", "--is-ancestor", update.Before, update.After])
                .WithWorkingDirectory(repository)
                .WithValidation(CommandResultValidation.None)
                .ExecuteAsync(ct);
            return ended.ExitCode == 1;
        }
        catch (Win32Exception)
        {
            return false;
        }
    }
}
