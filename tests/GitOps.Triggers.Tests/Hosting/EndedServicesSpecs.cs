using GitOps.Triggers.Cli;
using GitOps.Triggers.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Xunit;

namespace GitOps.Triggers.Tests.Hosting;

public class EndedServicesSpecs
{
    [Fact]
    public async Task An_engine_that_a_failed_service_stopped_ends_with_words_and_not_as_if_asked_to()
    {
        using var host = Host(async ct =>
        {
            await Task.Yield();
            throw new InvalidOperationException("the disk is gone");
        });
        var services = host.Services.GetServices<IHostedService>().ToList();
        await host.RunAsync(TestContext.Current.CancellationToken);

        var ended = Assert.Throws<CliException>(() => EndedServices.Check(services));

        Assert.Equal((ExitCode.Environment, "The engine ended: Work failed: the disk is gone"), (ended.ExitCode, ended.Message));
    }

    [Fact]
    public async Task An_engine_that_was_told_to_end_has_ended_well()
    {
        using var host = Host(ct => Task.Delay(Timeout.Infinite, ct));
        await host.StartAsync(TestContext.Current.CancellationToken);
        await host.StopAsync(TestContext.Current.CancellationToken);

        EndedServices.Check(host.Services.GetServices<IHostedService>());
    }

    private static IHost Host(Func<CancellationToken, Task> work)
    {
        var builder = Microsoft.Extensions.Hosting.Host.CreateEmptyApplicationBuilder(null);
        builder.Logging.ClearProviders();
        builder.Services.AddHostedService(_ => new Work(work));
        return builder.Build();
    }

    private sealed class Work(Func<CancellationToken, Task> work) : BackgroundService
    {
        protected override Task ExecuteAsync(CancellationToken stoppingToken) => work(stoppingToken);
    }
}
