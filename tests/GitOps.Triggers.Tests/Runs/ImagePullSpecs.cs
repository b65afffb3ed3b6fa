using System.Net;
using System.Net.Sockets;
using GitOps.Triggers.Domain;
using GitOps.Triggers.Tests.Containers;
using GitOps.Triggers.Tests.Support;
using Xunit;

namespace GitOps.Triggers.Tests.Runs;

/// <summary>Images at a registry that takes connections and says nothing.</summary>
public sealed class ImagePullSpecs : IAsyncLifetime
{
    private readonly TempFolder data = new();
    private readonly TcpListener silent = new(IPAddress.Loopback, 0);
    private LocalEngine engine = null!;
    private ImageReference image = null!;

    private ImageReference Pulled => ImageReference.Parse($"127.0.0.1:{((IPEndPoint)silent.LocalEndpoint).Port}/jobs@sha256:" + new string('1', 64));

    public async ValueTask InitializeAsync()
    {
        silent.Start();
        var locator = await TestEngine.RequireWithBaseAsync();
        image = await JobImage.OrdinaryAsync(locator);
        engine = await LocalEngine.StartAsync(data.Path, locator);
    }

    public async ValueTask DisposeAsync()
    {
        silent.Dispose();
        if (engine is not null)
            await engine.RemoveAllAsync();
        data.Dispose();
    }

    [Fact]
    public async Task However_many_wait_for_their_images_the_others_run()
    {
        for (var number = 0; number < Environment.ProcessorCount + 2; number++)
            await StartAsync($"waits-{number}", Pulled, new RunSpec());

        var other = await StartAsync("other", image, Jobs.Shell("true"));

        Assert.Equal(RunState.Succeeded, (await engine.WaitAsync(other.Id, run => run.IsFinished)).State);
    }

    [Fact]
    public async Task A_runs_timeout_ends_its_waiting_too()
    {
        var run = await StartAsync("job", Pulled, new RunSpec { Timeout = TimeSpan.FromSeconds(1) });

        var ended = await engine.WaitAsync(run.Id, one => one.IsFinished);

        Assert.Equal((RunState.Failed, "DeadlineExceeded"), (ended.State, ended.Reason));
    }

    private async Task<RunRecord> StartAsync(string name, ImageReference of, RunSpec spec)
    {
        await engine.Target.ApplyAsync(Jobs.Key(name), Jobs.Render(name, of, spec), TestEngine.Cancelled);
        return await engine.RunNowAsync(Jobs.Key(name));
    }
}
