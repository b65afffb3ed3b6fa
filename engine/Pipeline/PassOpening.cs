using GitOps.Triggers.Domain;
using GitOps.Triggers.Intake;
using GitOps.Triggers.Sources;
using GitOps.Triggers.Storage;

namespace GitOps.Triggers.Pipeline;

/// <summary>Puts together what a pass needs.</summary>
internal sealed class PassOpening(RepositoryStore repositories, GitMirrors mirrors, EngineConfiguration configuration, TimeProvider time, ILogger<Supersession> logger)
{
    /// <returns>None when the repository was disconnected since <see cref="Retirement"/> was asked.</returns>
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
