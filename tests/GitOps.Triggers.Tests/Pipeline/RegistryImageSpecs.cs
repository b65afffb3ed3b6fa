using GitOps.Triggers.Domain;
using GitOps.Triggers.Intake;
using GitOps.Triggers.Storage;
using GitOps.Triggers.Tests.Registries;
using Xunit;

namespace GitOps.Triggers.Tests.Pipeline;

/// <summary>What a pass makes of a registry's answers: dev has built an image, test asks for the very same.</summary>
public sealed class RegistryImageSpecs : IAsyncLifetime
{
    private RegistryServer server = null!;
    private PassBench bench = null!;

    public async ValueTask InitializeAsync()
    {
        server = await RegistryServer.StartAsync();
        bench = await PassBench.CreateAsync(PassBench.Environment("dev"), PassBench.Environment("test"), PassBench.Environment("prod", "dev"));
        bench.Builder.Next = (request, _) => Task.FromResult<StageResult<BuiltImage>>(new StageResult<BuiltImage>.Done(
            new BuiltImage { Image = server.Hold("triggers/reports/job"), Builder = "test" }));
        await bench.PassAsync("dev");
    }

    [Fact]
    public async Task An_image_that_the_registry_holds_is_built_once()
    {
        await bench.PassAsync("test");
        await bench.PassAsync("prod");

        Assert.Equal(1, bench.Builder.Begun);
        Assert.Equal(DeploymentKind.Reused, Assert.Single(await bench.DeploymentsAsync("test")).Kind);
        Assert.Equal(DeploymentKind.Promoted, Assert.Single(await bench.DeploymentsAsync("prod")).Kind);
    }

    [Fact]
    public async Task An_image_that_was_deleted_there_is_built_again()
    {
        server.Images.Clear();

        await bench.PassAsync("test");

        Assert.Equal(2, bench.Builder.Begun);
    }

    [Theory]
    [InlineData("test")]
    [InlineData("prod")]
    public async Task A_registry_that_cannot_be_asked_neither_builds_nor_holds_but_is_asked_again(string environment)
    {
        server.Images.Clear();
        server.Fail(429, times: int.MaxValue, retryAfter: "90");

        var result = await bench.PassAsync(environment);

        var retry = Assert.IsType<WorkResult.RetryAfter>(result);
        Assert.Equal(TimeSpan.FromSeconds(90), retry.After);
        Assert.StartsWith($"The registry {server.Host} could not be asked: it has had too many requests (429", retry.Reason, StringComparison.Ordinal);
        Assert.Equal(1, bench.Builder.Begun);
        Assert.Empty(await bench.DeploymentsAsync(environment));
        var pass = Assert.Single(await bench.Get<StatusStore>().PassesAsync(PassBench.Cancelled), pass => pass.Key.Environment.Value == environment);
        Assert.Equal(PassOutcome.Retry, pass.Outcome);
    }

    [Fact]
    public async Task What_runs_already_changes_its_settings_without_the_registry()
    {
        server.Fail(500, times: int.MaxValue);
        bench.Schedule("0 10 * * *");
        await bench.Repository.CommitAsync();

        await bench.PassAsync("dev");

        Assert.Equal(DeploymentKind.Settings, (await bench.DeploymentsAsync("dev"))[0].Kind);
    }

    public async ValueTask DisposeAsync()
    {
        await bench.DisposeAsync();
        await server.DisposeAsync();
    }
}
