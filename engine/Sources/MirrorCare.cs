using System.ComponentModel;
using GitOps.Triggers.Domain;

namespace GitOps.Triggers.Sources;

/// <summary>Looks after a mirror's health. Only for the holder of the mirror's gate.</summary>
internal sealed class MirrorCare(MirrorFolder folder, Limits limits, TimeProvider time)
{
    /// <summary>Every fetch leaves a pack, and each makes every look-up slower.</summary>
    private const int ManyPacks = 50;

    /// <summary>git fsck's exit code is a set of bits; this one says that somebody committed something odd, which is theirs to mend.</summary>
    private const int OddContent = 1;

    /// <summary>Whether every object that a branch needs is there and whole.</summary>
    public async Task<bool> IsSoundAsync(ConnectedRepository repository, CancellationToken ct) =>
        await RunAsync(["fsck", "--no-dangling", "--no-progress"], repository, ct) is { } exitCode && (exitCode & ~OddContent) == 0;

    /// <summary>Packs anew when there are many packs, without what no branch needs any more.</summary>
    public async Task TidyAsync(ConnectedRepository repository, CancellationToken ct)
    {
        if (folder.Packs > ManyPacks)
            await RunAsync(["gc", "--quiet", "--prune=now", "--force"], repository, ct);
    }

    private async Task<int?> RunAsync(string[] arguments, ConnectedRepository repository, CancellationToken ct)
    {
        using var deadline = new CancellationTokenSource(limits.FetchTimeout, time);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(ct, deadline.Token);
        try
        {
            var environment = GitEnvironment.For(folder.Path, repository.Url, new GitAccess());
            return (await GitCommand.RunAsync(arguments, environment, outputLimit: 0, stop.Token)).ExitCode;
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            return null;
        }
        catch (Win32Exception)
        {
            return null;
        }
    }
}
