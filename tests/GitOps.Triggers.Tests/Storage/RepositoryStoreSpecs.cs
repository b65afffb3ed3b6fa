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
        Assert.Equal("Give https://git.example/other/A.git another name: with --name, or name: in engine.yaml.", finding.Fix);

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

    [Fact]
    public async Task One_that_leaves_is_kept_as_retired_and_is_the_same_when_it_comes_back()
    {
        await using var engine = await IntakeEngine.StartAsync();
        var id = engine.Repository;

        Assert.Empty(await ReadAgainAsync(engine, []));
        await engine.Repositories.SyncAsync([], CancellationToken.None);
        Assert.Equal((id, false), (Assert.Single(engine.Repositories.Retired).Id, engine.Repositories.Retired[0].TakeDown));
        Assert.Equal("jobs", engine.Repositories.NameOf(id));

        Assert.Equal(id, Assert.Single(await ReadAgainAsync(engine, engine.Configuration.Repositories)).Id);
        await engine.Repositories.SyncAsync(engine.Configuration.Repositories, CancellationToken.None);
        Assert.Empty(engine.Repositories.Retired);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_new_address_under_the_same_name_is_the_same_repository_whether_or_not_the_engine_was_started_in_between(bool restarted)
    {
        await using var engine = await IntakeEngine.StartAsync();
        var id = engine.Repository;
        if (restarted)
            await engine.Repositories.SyncAsync([], CancellationToken.None);

        var warning = Assert.Single(await engine.Repositories.SyncAsync([Settings("https://git.example/moved.git", "jobs")], CancellationToken.None));

        Assert.Equal(id, Assert.Single(engine.Repositories.Current).Id);
        Assert.Equal(("https://git.example/moved.git", 0), (engine.Repositories.Current[0].Url.Value, engine.Repositories.Retired.Count));
        Assert.Equal((Severity.Warning, "engine.yaml", "repositories[0]"), (warning.Severity, warning.File, warning.Path));
        Assert.Contains($"'jobs' has a new address: https://git.example/moved.git, before {IntakeEngine.Url}", warning.Message, StringComparison.Ordinal);
        Assert.Empty(await engine.Repositories.SyncAsync([Settings("https://git.example/moved.git", "jobs")], CancellationToken.None));
    }

    [Fact]
    public async Task Another_repository_at_an_address_that_one_has_left_is_another_one()
    {
        await using var engine = await IntakeEngine.StartAsync();
        var id = engine.Repository;

        await engine.Repositories.SyncAsync([Settings(A, "jobs"), Settings(IntakeEngine.Url, "other")], CancellationToken.None);

        // By its address, first of all; the one that has only the name left is new.
        Assert.Equal(("other", id), (engine.Repositories.Current.Single(row => row.Url.Value == IntakeEngine.Url).Name, engine.Repositories.Current.Single(row => row.Url.Value == IntakeEngine.Url).Id));
        Assert.NotEqual(id, engine.Repositories.Current.Single(row => row.Url.Value == A).Id);

        await engine.Repositories.SyncAsync([Settings(A, "jobs"), Settings(B, "other")], CancellationToken.None);
        await engine.Repositories.SyncAsync([Settings(A, "jobs"), Settings(B, "other"), Settings(IntakeEngine.Url, "third")], CancellationToken.None);
        Assert.Equal(3, engine.Repositories.Current.Select(row => row.Id).Distinct().Count());
        Assert.Equal(id, engine.Repositories.Current.Single(row => row.Name == "other").Id);
    }

    [Fact]
    public async Task One_that_was_connected_by_command_can_be_disconnected_and_one_of_the_configuration_cannot()
    {
        await using var engine = await IntakeEngine.StartAsync();
        var connected = Assert.IsType<StageResult<ConnectedRepository>.Done>(await engine.Repositories.ConnectAsync(Settings(A), CancellationToken.None)).Value;

        var refused = Assert.IsType<StageResult<RetiredRepository>.Rejected>(await engine.Repositories.DisconnectAsync("jobs", takeDown: true, CancellationToken.None));
        var retired = Assert.IsType<StageResult<RetiredRepository>.Done>(await engine.Repositories.DisconnectAsync("a", takeDown: true, CancellationToken.None)).Value;

        Assert.Contains("stands in engine.yaml", Assert.Single(refused.Findings).Message, StringComparison.Ordinal);
        Assert.Equal((connected.Id, true), (retired.Id, retired.TakeDown));
        Assert.Equal(["jobs"], (await ReadAgainAsync(engine, engine.Configuration.Repositories)).Select(repository => repository.Name));
        Assert.IsType<StageResult<RetiredRepository>.Skipped>(await engine.Repositories.DisconnectAsync("nobody", takeDown: true, CancellationToken.None));

        var again = Assert.IsType<StageResult<ConnectedRepository>.Done>(await engine.Repositories.ConnectAsync(Settings(B, "a"), CancellationToken.None)).Value;
        Assert.Equal((connected.Id, 0), (again.Id, engine.Repositories.Retired.Count));
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
