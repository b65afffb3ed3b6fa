using GitOps.Triggers.Deployment;
using GitOps.Triggers.Domain;
using GitOps.Triggers.Storage;

namespace GitOps.Triggers.Web;

/// <summary>Triggers that something can be done with: of a repository and an environment that this engine serves.</summary>
internal sealed class ServedTriggers(TriggerFinder finder, ServedKeys served, DeploymentStore deployments, Targets targets)
{
    /// <exception cref="ProblemException">None or several match, or it is no longer served.</exception>
    public async Task<FleetRow> OneAsync(string? repository, string? environment, string trigger, CancellationToken ct)
    {
        var row = await finder.OneAsync(repository, environment, trigger, ct);
        return served.WhyNot(row.Key.Work) is not { } reason ? row : throw ProblemException.Conflict(
            $"{row.Key.Trigger} in {row.Key.Environment} of {row.RepositoryName} stands still: {reason}.",
            "Connect the repository ('gitops-triggers connect URL', or repositories: in engine.yaml), or put the environment back into engine.yaml and start the engine again.");
    }

    /// <summary>Where the trigger stands, or stood last.</summary>
    /// <exception cref="ProblemException">It was never deployed, or what stands there is out of reach.</exception>
    public async Task<ITarget> TargetOfAsync(TriggerKey key, CancellationToken ct)
    {
        if (await deployments.NewestAsync(key, ct) is not { } standing)
            throw Refused(TargetFindings.NotDeployed(key));
        return targets.Of(standing) switch
        {
            StageResult<ITarget>.Done(var target) => target,
            StageResult<ITarget>.Rejected(var findings) => throw Refused(findings[0]),
            var other => throw new InvalidOperationException($"A target is found or refused, never {other.GetType().Name}."),
        };
    }

    private static ProblemException Refused(Finding finding) => ProblemException.Conflict(finding.Message, finding.Fix);
}
