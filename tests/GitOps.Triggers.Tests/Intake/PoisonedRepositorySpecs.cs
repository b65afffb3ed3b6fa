using System.Globalization;
using GitOps.Triggers.Domain;
using GitOps.Triggers.Intake;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace GitOps.Triggers.Tests.Intake;

/// <summary>One repository among a thousand does the worst that a pass can; the others are counted, in places and turns rather than in seconds.</summary>
public sealed class PoisonedRepositorySpecs
{
    private const int Others = 999;
    private static readonly RepositoryUrl Poisoned = RepositoryUrl.Parse("https://github.com/example/poisoned.git");

    private readonly EngineConfiguration configuration = IntakeEngine.DevAndProd with
    {
        Repositories = [new RepositorySettings { Url = Poisoned }, .. Enumerable.Range(0, Others).Select(number => new RepositorySettings { Url = RepositoryUrl.Parse(string.Create(CultureInfo.InvariantCulture, $"https://github.com/example/good-{number}.git")) })],
    };

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    [Threat(19)]
    public async Task Passes_that_hang_take_a_quarter_of_the_places_at_most_and_the_other_999_keep_the_rest_busy()
    {
        await using var engine = await IntakeEngine.StartAsync(configuration);
        await MarkAsync(engine, environments: 50);
        await using var passes = new Passes(engine);
        var (places, hanging, going, done) = (configuration.Limits.ParallelPasses, 0, new Queue<StartedPass>(), 0);

        while (done < Others)
        {
            // As many as there are places go on before one of them ends.
            while (hanging + going.Count < Math.Min(places, hanging + Others - done))
            {
                var pass = await passes.NextAsync();
                if (IsPoisoned(engine, pass.Context.Item.Key))
                    hanging++;
                else
                    going.Enqueue(pass);
            }
            going.Dequeue().Complete();
            done++;
        }

        Assert.InRange(hanging, 1, places / 4);
    }

    [Theory]
    [Threat(19)]
    [InlineData(true)]
    [InlineData(false)]
    public async Task One_that_fails_and_is_marked_without_end_gets_one_turn_while_999_others_get_theirs(bool throws)
    {
        // All are due since the same moment for ever: only whose turn it is decides.
        await using var engine = await IntakeEngine.StartAsync(configuration, time: new FakeTimeProvider());
        await MarkAsync(engine, environments: 1);
        await using var passes = new Passes(engine);
        var (turns, others) = (0, 0);

        while (turns < 2)
        {
            var pass = await passes.NextAsync();
            if (!IsPoisoned(engine, pass.Context.Item.Key))
            {
                others++;
                pass.Complete();
                continue;
            }
            turns++;
            // Without it, back-off alone would keep it away.
            await engine.Queue.MarkAsync([pass.Context.Item.Key], "pushed again", Ct);
            if (throws)
                pass.Fail(new InvalidOperationException("poison"));
            else
                pass.End(new WorkResult.RetryAfter(null, "poison"));
        }

        // The last of the others may have their places and not have come to where they are counted.
        Assert.InRange(others, Others - configuration.Limits.ParallelPasses, Others);
    }

    private static bool IsPoisoned(IntakeEngine engine, WorkKey key) => engine.Repositories.Current.Single(repository => repository.Id == key.Repository).Url == Poisoned;

    /// <summary>The poisoned one comes first, in as many environments.</summary>
    private static async Task MarkAsync(IntakeEngine engine, int environments)
    {
        var repositories = engine.Repositories.Current.OrderBy(repository => repository.Url == Poisoned ? 0 : 1).Select(repository => repository.Id).ToList();
        await engine.Queue.MarkAsync(Enumerable.Range(0, environments).Select(number => new WorkKey(repositories[0], EnvironmentName.Parse(string.Create(CultureInfo.InvariantCulture, $"e{number}")))), "pushed", Ct);
        await engine.Queue.MarkAsync(repositories[1..].Select(repository => new WorkKey(repository, EnvironmentName.Parse("dev"))), "pushed", Ct);
    }
}
