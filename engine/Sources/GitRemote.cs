using System.ComponentModel;
using GitOps.Triggers.Domain;

namespace GitOps.Triggers.Sources;

/// <summary>Everything that reaches over the network to a repository: within the time limit, within the size limit, or a reason why not.</summary>
internal sealed class GitRemote(EngineConfiguration configuration, SecretVault secrets, TimeProvider time)
{
    private const int HeadsLimit = 64 << 20;
    private static readonly TimeSpan SizeCheck = TimeSpan.FromMilliseconds(200);

    private readonly GitCredentials credentials = new(configuration.DataFolder, secrets);
    private readonly Limits limits = configuration.Limits;

    /// <summary>Brings the mirror's branches to what the repository has; none: it did.</summary>
    public async Task<GitFailure?> FetchAsync(ConnectedRepository repository, MirrorFolder mirror, CancellationToken ct)
    {
        using var tooLarge = new CancellationTokenSource();
        using var ended = new CancellationTokenSource();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(ct, tooLarge.Token);
        var watch = WatchSizeAsync(mirror, tooLarge, ended.Token);
        try
        {
            string[] fetch =
            [
                "fetch", "--quiet", "--prune", "--no-tags", "--no-recurse-submodules", "--no-write-fetch-head",
                "--end-of-options", repository.Url.Value, "+refs/heads/*:refs/heads/*",
            ];
            var (_, failure) = await RunAsync(repository, mirror.Path, fetch, outputLimit: 0, stop.Token);
            return failure ?? (mirror.Bytes() > limits.RepositoryBytes ? GitFailures.TooLarge(repository, limits.RepositoryBytes) : null);
        }
        catch (OperationCanceledException) when (tooLarge.IsCancellationRequested && !ct.IsCancellationRequested)
        {
            return GitFailures.TooLarge(repository, limits.RepositoryBytes);
        }
        finally
        {
            await ended.CancelAsync();
            await watch;
        }
    }

    /// <summary>The branches as the remote lists them, one <c>sha, tab, refs/heads/…</c> a line; nothing is fetched.</summary>
    public async Task<(string Heads, GitFailure? Failure)> ListHeadsAsync(ConnectedRepository repository, string gitFolder, CancellationToken ct)
    {
        string[] list = ["ls-remote", "--heads", "--quiet", "--end-of-options", repository.Url.Value];
        var (result, failure) = await RunAsync(repository, gitFolder, list, HeadsLimit, ct);
        return (result, failure) switch
        {
            (_, not null) => ("", failure),
            ({ Truncated: true }, _) => ("", GitFailures.TooManyBranches(repository)),
            _ => (result!.Output, null),
        };
    }

    private async Task<(GitResult? Result, GitFailure? Failure)> RunAsync(
        ConnectedRepository repository, string gitFolder, IReadOnlyList<string> arguments, int outputLimit, CancellationToken ct)
    {
        var (access, failure) = await credentials.ForAsync(repository, ct);
        if (failure is not null)
            return (null, failure);
        using var deadline = new CancellationTokenSource(limits.FetchTimeout, time);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(ct, deadline.Token);
        try
        {
            var environment = GitEnvironment.For(gitFolder, repository.Url, access);
            var result = await GitCommand.RunAsync(arguments, environment, outputLimit, stop.Token);
            return (result, result.Succeeded ? null : GitFailures.Read(repository, result, access.Secrets));
        }
        catch (OperationCanceledException) when (deadline.IsCancellationRequested && !ct.IsCancellationRequested)
        {
            return (null, GitFailures.TimedOut(repository, limits.FetchTimeout));
        }
        catch (Win32Exception)
        {
            return (null, GitFailures.NoGit());
        }
    }

    /// <summary>Git has no limit of its own for what it fetches, so a pack bomb is stopped by what it leaves on the disk.</summary>
    private async Task WatchSizeAsync(MirrorFolder mirror, CancellationTokenSource tooLarge, CancellationToken ended)
    {
        using var timer = new PeriodicTimer(SizeCheck, time);
        try
        {
            while (await timer.WaitForNextTickAsync(ended))
            {
                if (mirror.Bytes() > limits.RepositoryBytes)
                    await tooLarge.CancelAsync();
            }
        }
        catch (OperationCanceledException)
        {
            // The fetch has ended.
        }
    }
}
