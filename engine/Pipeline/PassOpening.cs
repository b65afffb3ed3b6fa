using GitOps.Triggers.Domain;
using GitOps.Triggers.Intake;
using GitOps.Triggers.Sources;
using GitOps.Triggers.Storage;

namespace GitOps.Triggers.Pipeline;

/// <summary>Finds what a key stands for now: the repository may have been disconnected, the environment may have left <c>engine.yaml</c>.</summary>
internal sealed class PassOpening(RepositoryStore repositories, GitMirrors mirrors, EngineConfiguration configuration, TimeProvider time, ILogger<Supersession> logger)
{
    /// <returns>None when the key stands for nothing any more.</returns>
    public Pass? Open(WorkContext work)
    {
        var environment = configuration.Environments.SingleOrDefault(one => one.Name == work.Item.Environment);
        return environment is null || repositories.Find(work.Item.Repository) is not { } connected ? null : new Pass
        {
            Repository = connected,
            Environment = environment,
            StartedAt = time.GetUtcNow(),
            Work = work,
            Supersession = new Supersession(mirrors, connected, environment.Branch, work, logger),
        };
    }
}
