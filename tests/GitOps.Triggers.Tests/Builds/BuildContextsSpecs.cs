using System.Text;
using GitOps.Triggers.Builds;
using Xunit;

namespace GitOps.Triggers.Tests.Builds;

public sealed class BuildContextsSpecs : IAsyncDisposable
{
    private readonly BuildBench bench = new();
    private readonly BuildContexts contexts;

    public BuildContextsSpecs() => contexts = new BuildContexts(bench.Configuration);

    private string Folder => Path.Combine(bench.DataFolder, "work", "contexts");

    public ValueTask DisposeAsync() => bench.DisposeAsync();

    [Fact]
    public void A_token_is_good_for_its_own_build_only_and_only_while_it_is_worked_on()
    {
        var token = contexts.NewToken("a");
        contexts.NewToken("b");

        Assert.Null(Begin("a", token));
        using var offer = contexts.Offer("a", "archive");
        using var other = contexts.Offer("b", "archive");
        Assert.Null(Begin("b", token));
        Assert.Equal("archive", Begin("a", token)!.Archive);
    }

    [Fact]
    public void There_is_one_delivery_at_a_time_and_none_once_the_build_has_its_context()
    {
        var token = contexts.NewToken("a");
        using var offer = contexts.Offer("a", "archive");

        using (Begin("a", token))
            Assert.Null(Begin("a", token));
        using (var again = Begin("a", token))
            Assert.NotNull(again);
        contexts.Forget("a");

        Assert.Null(Begin("a", token));
    }

    [Fact]
    public void Whichever_of_its_tokens_reached_the_cluster_is_good_in_the_next_engine_too()
    {
        var (first, second) = (contexts.NewToken("a"), contexts.NewToken("a"));
        var next = new BuildContexts(bench.Configuration);
        using var offer = next.Offer("a", "archive");

        using (var delivery = next.Begin("a", Encoding.ASCII.GetBytes(first)))
            Assert.NotNull(delivery);
        using (var delivery = next.Begin("a", Encoding.ASCII.GetBytes(second)))
            Assert.NotNull(delivery);
    }

    [Fact]
    public void No_token_stands_on_the_disk_and_nobody_else_reads_their_folder()
    {
        var token = contexts.NewToken("a");

        Assert.DoesNotContain(token, File.ReadAllText(Path.Combine(Folder, "a")), StringComparison.Ordinal);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, new DirectoryInfo(Folder).UnixFileMode);
    }

    [Fact]
    public void What_no_build_can_be_waiting_for_any_more_is_forgotten()
    {
        contexts.NewToken("a");

        contexts.Sweep(DateTimeOffset.UtcNow);
        Assert.Single(Directory.GetFiles(Folder));
        contexts.Sweep(DateTimeOffset.UtcNow.AddDays(2));

        Assert.Empty(Directory.GetFiles(Folder));
    }

    private ContextDelivery? Begin(string build, string token) => contexts.Begin(build, Encoding.ASCII.GetBytes(token));
}
