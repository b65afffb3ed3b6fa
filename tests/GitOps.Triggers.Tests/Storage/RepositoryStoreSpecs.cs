using GitOps.Triggers.Domain;
using GitOps.Triggers.Storage;
using GitOps.Triggers.Tests.Intake;
using Xunit;

namespace GitOps.Triggers.Tests.Storage;

public class RepositoryStoreSpecs
{
    private const string A = "https://git.example/team/a.git";
    private const string B = "https://git.example/team/b.git";

    [Fact]
    public async Task The_configured_ones_come_change_and_go_with_the_configuration()
    {
        await using var engine = await IntakeEngine.StartAsync();
        var store = engine.Repositories;

        Assert.Empty(await store.SyncAsync([Settings(A), Settings(B, "bee") with { TokenFile = "/token" }], CancellationToken.None));
        Assert.Equal(["a", "bee"], store.Current.Select(repository => repository.Name));
        Assert.Equal("/token", store.Current[1].TokenFile);
        var since = store.Current[1].ConnectedAt;

        Assert.Empty(await store.SyncAsync([Settings(B, "b2")], CancellationToken.None));
        var left = Assert.Single(store.Current);
        Assert.Equal(("b2", null), (left.Name, left.TokenFile));
        Assert.Equal(since, left.ConnectedAt, TimeSpan.FromMilliseconds(1));
        Assert.Equal(left with { ConnectedAt = default }, (await ReadAgainAsync(engine, [Settings(B, "b2")]))[0] with { ConnectedAt = default });
    }

    [Fact]
    public async Task Two_may_exchange_their_names()
    {
        await using var engine = await IntakeEngine.StartAsync();
        await engine.Repositories.SyncAsync([Settings(A, "one"), Settings(B, "two")], CancellationToken.None);

        Assert.Empty(await engine.Repositories.SyncAsync([Settings(A, "two"), Settings(B, "one")], CancellationToken.None));

        Assert.Equal([B, A], engine.Repositories.Current.Select(repository => repository.Url.Value));
    }

    [Fact]
    public async Task What_was_connected_while_the_engine_ran_outlives_a_restart()
    {
        await using var engine = await IntakeEngine.StartAsync();

        var connected = Assert.IsType<StageResult<ConnectedRepository>.Done>(await engine.Repositories.ConnectAsync(Settings(A), CancellationToken.None)).Value;
        Assert.False(connected.Configured);
        Assert.Equal(connected, engine.Repositories.Find(connected.Id));

        Assert.Equal(["a", "jobs"], (await ReadAgainAsync(engine, engine.Configuration.Repositories)).Select(repository => repository.Name));
        Assert.Equal(["a"], (await ReadAgainAsync(engine, [])).Select(repository => repository.Name));
    }

    [Fact]
    public async Task What_comes_into_the_configuration_later_is_configured_from_then_on()
    {
        await using var engine = await IntakeEngine.StartAsync();
        await engine.Repositories.ConnectAsync(Settings(A), CancellationToken.None);

        Assert.True(Assert.Single(await ReadAgainAsync(engine, [Settings(A)])).Configured);
        Assert.Empty(await ReadAgainAsync(engine, []));
    }

    [Fact]
    public async Task A_name_that_is_taken_is_refused_in_words()
    {
        await using var engine = await IntakeEngine.StartAsync();
        await engine.Repositories.ConnectAsync(Settings(A), CancellationToken.None);

        var rejected = Assert.IsType<StageResult<ConnectedRepository>.Rejected>(await engine.Repositories.ConnectAsync(Settings("https://git.example/other/A.git"), CancellationToken.None));
        var finding = Assert.Single(rejected.Findings);
        Assert.Equal($"the name 'A' belongs to {A} already", finding.Message);
        Assert.Equal("Give https://git.example/other/A.git another name.", finding.Fix);

        var conflicts = await engine.Repositories.SyncAsync([Settings(B, "a"), Settings(B)], CancellationToken.None);
        Assert.Equal(
            [("repositories[0]", $"the name 'a' belongs to {A} already"), ("repositories[1]", $"{B} is listed twice")],
            conflicts.Select(conflict => (conflict.Path, conflict.Message)));
        Assert.Equal(["a", "jobs"], engine.Repositories.Current.Select(repository => repository.Name));
    }

    [Theory]
    [InlineData("")]
    [InlineData("  ")]
    [InlineData("a\nb")]
    public async Task A_name_that_cannot_be_shown_is_refused(string name)
    {
        await using var engine = await IntakeEngine.StartAsync();

        Assert.IsType<StageResult<ConnectedRepository>.Rejected>(await engine.Repositories.ConnectAsync(Settings(A, name), CancellationToken.None));
        Assert.Single(await engine.Repositories.SyncAsync([Settings(A, new string('x', 101))], CancellationToken.None));
    }

    [Fact]
    public async Task Connecting_again_changes_what_is_given_and_keeps_the_rest()
    {
        await using var engine = await IntakeEngine.StartAsync();
        await engine.Repositories.ConnectAsync(Settings(A, "first") with { TokenFile = "/token" }, CancellationToken.None);

        var again = Assert.IsType<StageResult<ConnectedRepository>.Done>(await engine.Repositories.ConnectAsync(Settings(A, "second"), CancellationToken.None)).Value;

        Assert.Equal(("second", "/token"), (again.Name, again.TokenFile));
        Assert.Equal(2, engine.Repositories.Current.Count);
    }

    [Fact]
    public async Task Connecting_what_stands_in_the_configuration_is_fine_unless_it_asks_for_something_else()
    {
        await using var engine = await IntakeEngine.StartAsync();

        var same = Assert.IsType<StageResult<ConnectedRepository>.Done>(await engine.Repositories.ConnectAsync(Settings(IntakeEngine.Url), CancellationToken.None));
        var other = Assert.IsType<StageResult<ConnectedRepository>.Rejected>(await engine.Repositories.ConnectAsync(Settings(IntakeEngine.Url, "other"), CancellationToken.None));

        Assert.True(same.Value.Configured);
        Assert.Contains("stands in engine.yaml", Assert.Single(other.Findings).Message, StringComparison.Ordinal);
    }

    private static RepositorySettings Settings(string url, string? name = null) => new() { Url = RepositoryUrl.Parse(url), Name = name };

    // As at the next start of the engine.
    private static async Task<IReadOnlyList<ConnectedRepository>> ReadAgainAsync(IntakeEngine engine, IReadOnlyList<RepositorySettings> configured)
    {
        using var store = new RepositoryStore(engine.Database, TimeProvider.System);
        Assert.Empty(await store.SyncAsync(configured, CancellationToken.None));
        return store.Current;
    }
}
