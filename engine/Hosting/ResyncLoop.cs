using GitOps.Triggers.Domain;
using GitOps.Triggers.Intake;
using GitOps.Triggers.Sources;
using Microsoft.Extensions.Hosting;

namespace GitOps.Triggers.Hosting;

/// <summary>Finds what webhooks missed.</summary>
internal sealed class ResyncLoop(StartMarks start, Resync resync, GitMirrors mirrors) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await start.MarkAsync(stoppingToken);
        await resync.RunAsync(HeadsAsync, stoppingToken);
    }

    private async Task<IReadOnlyDictionary<BranchName, CommitSha>?> HeadsAsync(ConnectedRepository repository, CancellationToken ct) =>
        await mirrors.RemoteHeadsAsync(repository, ct) is StageResult<IReadOnlyDictionary<BranchName, CommitSha>>.Done(var heads) ? heads : null;
}
