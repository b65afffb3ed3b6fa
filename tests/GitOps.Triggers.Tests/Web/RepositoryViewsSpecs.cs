using GitOps.Triggers.Domain;
using GitOps.Triggers.Intake;
using GitOps.Triggers.Observability;
using GitOps.Triggers.Tests.Pipeline;
using GitOps.Triggers.Web;
using Xunit;

namespace GitOps.Triggers.Tests.Web;

public sealed class RepositoryViewsSpecs
{
    [Fact]
    public async Task A_remote_that_cannot_be_asked_is_seen_on_its_repository_and_in_the_event_log()
    {
        await using var bench = await PassBench.CreateAsync(PassBench.Environment("dev"));
        var (repository, now) = (bench.Repository.Connected, bench.Time.GetUtcNow());
        var lines = new List<EventRecord?>();
        bench.Get<EventHub>().Subscribe(happened => lines.Add(EventText.Of(happened, bench.Get<RepositoryNames>(), now)));

        bench.Get<RemoteProblems>().Failed(repository, "the host refused access.");
        bench.Get<RemoteProblems>().Failed(repository, "the host refused access.");
        var seen = Assert.Single(await bench.Get<RepositoryViews>().AllAsync(PassBench.Cancelled));
        bench.Get<RemoteProblems>().Answered(repository);

        Assert.Equal(("the host refused access.", now), (seen.Problem, seen.ProblemSince));
        Assert.Null((await bench.Get<RepositoryViews>().AllAsync(PassBench.Cancelled))[0].Problem);
        Assert.Equal(
            [$"{repository.Name} cannot be asked for its branches: the host refused access.", null, $"{repository.Name} can be asked for its branches again"],
            lines.Select(line => line?.Text));
    }
}
