using GitOps.Triggers.Builds;
using GitOps.Triggers.Containers;
using GitOps.Triggers.Domain;
using GitOps.Triggers.Tests.Containers;
using GitOps.Triggers.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace GitOps.Triggers.Tests.Builds;

public sealed class BuilderChoiceSpecs : IAsyncDisposable
{
    private const string Image = "registry.example.com/kaniko:1";

    // Answers "image inspect" and "pull" by whether the files "present" and "pullable" stand beside it, and counts the calls.
    private readonly Script podman = new("podman", """
        cd "${0%/*}"
        case "$1" in
          --version) echo podman version 5.4.2 ;;
          version) echo 5.4.2 ;;
          image) [ -f present ] && echo '[{"Id":"a32c5659db093498f16d5602479ac569eb936d74dab8dfb71e13d06be481bf84","Config":{}}]' && exit
                 echo 'Error: image not known' >&2; exit 125 ;;
          pull) echo . >> pulls; [ -f stalls ] && exec sleep 600
                [ -f pullable ] && touch present && exit
                echo 'Error: lookup registry.example.com: no such host' >&2; exit 125 ;;
        esac
        """);

    private readonly FakeTimeProvider time = new();
    private readonly List<BuilderChoice> choices = [];

    private static CancellationToken Cancelled => BuildBench.Cancelled;

    private int Pulls => File.Exists(Beside("pulls")) ? File.ReadAllLines(Beside("pulls")).Length : 0;

    public ValueTask DisposeAsync()
    {
        choices.ForEach(choice => choice.Dispose());
        podman.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task Kaniko_is_taken_where_its_image_is_here()
    {
        Touch("present");

        var chosen = await Choice(BuilderKind.Auto).ChooseAsync(Cancelled);

        Assert.Equal("kaniko (podman)", chosen.Title);
        Assert.Equal($"its image {Image} is here", chosen.Reason);
        Assert.IsType<KanikoBuilder>(chosen.Builder);
        Assert.Equal(0, Pulls);
    }

    [Fact]
    public async Task Kaniko_is_taken_where_its_image_can_be_pulled()
    {
        Touch("pullable");

        var chosen = await Choice(BuilderKind.Auto).ChooseAsync(Cancelled);

        Assert.Equal("kaniko (podman)", chosen.Title);
        Assert.Equal($"its image {Image} was pulled", chosen.Reason);
    }

    [Fact]
    public async Task Without_Kaniko_the_engine_itself_builds_and_says_why()
    {
        var chosen = await Choice(BuilderKind.Auto).ChooseAsync(Cancelled);

        Assert.Equal("podman build", chosen.Title);
        Assert.IsType<LocalBuilder>(chosen.Builder);
        Assert.StartsWith($"Kaniko's image {Image} is neither here nor to be had: 'podman pull' failed", chosen.Reason, StringComparison.Ordinal);
        Assert.Contains("no such host", chosen.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_choice_is_remembered_and_made_anew_once_in_a_while()
    {
        var choice = Choice(BuilderKind.Auto);
        var first = await choice.ChooseAsync(Cancelled);

        Touch("pullable");
        time.Advance(TimeSpan.FromMinutes(59));
        Assert.Same(first, await choice.ChooseAsync(Cancelled));
        Assert.Equal(1, Pulls);

        time.Advance(TimeSpan.FromMinutes(1));
        var kaniko = await choice.ChooseAsync(Cancelled);
        Assert.Equal("kaniko (podman)", kaniko.Title);

        time.Advance(TimeSpan.FromDays(100));
        Assert.Same(kaniko, await choice.ChooseAsync(Cancelled));
    }

    [Fact]
    public async Task A_choice_that_does_not_work_is_made_anew()
    {
        Touch("present");
        var choice = Choice(BuilderKind.Auto);
        Assert.Null(choice.Known);
        Assert.Equal("kaniko (podman)", (await choice.ChooseAsync(Cancelled)).Title);
        Assert.Equal("kaniko (podman)", choice.Known?.Title);

        File.Delete(Beside("present"));
        choice.Forget();

        Assert.Null(choice.Known);
        Assert.Equal("podman build", (await choice.ChooseAsync(Cancelled)).Title);
    }

    [Fact]
    public async Task Builds_that_fail_do_not_have_Kaniko_pulled_again_and_again()
    {
        var choice = Choice(BuilderKind.Auto);
        for (var failed = 0; failed < 5; failed++)
        {
            Assert.Equal("podman build", (await choice.ChooseAsync(Cancelled)).Title);
            choice.Forget();
        }
        Assert.Equal(1, Pulls);

        Touch("present");
        Assert.Equal("kaniko (podman)", (await choice.ChooseAsync(Cancelled)).Title);
    }

    [Fact]
    public async Task Kaniko_that_is_asked_for_is_not_replaced_by_something_else()
    {
        var error = await Assert.ThrowsAsync<ContainerException>(() => Choice(BuilderKind.Kaniko).ChooseAsync(Cancelled));

        Assert.Equal(ContainerFailureKind.Network, error.Kind);
    }

    [Fact]
    public async Task A_registry_that_stalls_while_Kaniko_is_pulled_holds_the_builds_up_for_minutes_and_not_for_ever()
    {
        Touch("stalls");
        await using var bench = new BuildBench();
        var build = new ImageBuilder(Choice(BuilderKind.Kaniko)).BuildAsync(bench.With("FROM scratch").Request, bench.Log, Cancelled);
        await StalledAsync(build, pull: 1);

        var reason = (await build).Retried();
        Assert.StartsWith($"Kaniko's image {Image} was not pulled within 5m. Look whether this machine reaches the registry", reason, StringComparison.Ordinal);
        Assert.Contains(bench.LogLines(), line => line.Contains(reason, StringComparison.Ordinal));

        var instead = Choice(BuilderKind.Auto).ChooseAsync(Cancelled);
        await StalledAsync(instead, pull: 2);
        Assert.Contains("was not pulled within 5m.", (await instead).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_local_build_that_is_asked_for_pulls_nothing()
    {
        Touch("present");

        var chosen = await Choice(BuilderKind.Local).ChooseAsync(Cancelled);

        Assert.Equal(("podman build", "builder.kind is local"), (chosen.Title, chosen.Reason));
        Assert.Equal(0, Pulls);
    }

    [Fact]
    public async Task Many_builds_at_once_ask_once()
    {
        var choice = Choice(BuilderKind.Auto);

        var chosen = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => choice.ChooseAsync(Cancelled)));

        Assert.Single(chosen.Distinct());
        Assert.Equal(1, Pulls);
    }

    private async Task StalledAsync(Task waiting, int pull)
    {
        await Eventually.HoldsAsync("podman pulls", () => Pulls == pull);
        for (time.Advance(new Limits().FetchTimeout); !waiting.IsCompleted; time.Advance(ContainerCommand.Grace))
            await Task.Delay(50, Cancelled);
    }

    private BuilderChoice Choice(BuilderKind kind)
    {
        var configuration = new EngineConfiguration { DataFolder = podman.Folder, Environments = [], Builder = new BuilderSettings { Kind = kind, KanikoImage = Image } };
        choices.Add(new BuilderChoice(configuration, new ContainerEngineLocator(podman.Program, SecretMask.None, time), () => throw new InvalidOperationException("Nothing builds on a cluster here."), SecretMask.None, time, NullLogger<BuilderChoice>.Instance));
        return choices[^1];
    }

    private string Beside(string name) => Path.Combine(podman.Folder, name);

    private void Touch(string name) => File.WriteAllText(Beside(name), "");
}
