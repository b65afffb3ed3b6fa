using System.Globalization;
using System.Net;
using System.Net.Sockets;
using GitOps.Triggers.Cli;
using GitOps.Triggers.Hosting;
using GitOps.Triggers.Storage;
using GitOps.Triggers.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace GitOps.Triggers.Tests.Hosting;

/// <summary>An engine that cannot start says what to mend, and never that it is a defect.</summary>
public sealed class EngineHostSpecs : IDisposable
{
    private readonly TempFolder folder = new();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task A_port_that_is_taken_is_named_with_what_to_do()
    {
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        var port = ((IPEndPoint)other.LocalEndpoint).Port;

        var refused = await RefusedAsync(port);

        Assert.Contains($"http://127.0.0.1:{port.ToString(CultureInfo.InvariantCulture)}", refused.Message, StringComparison.Ordinal);
        Assert.Contains("server: listen:", refused.Fix, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_token_file_without_a_token_is_named()
    {
        folder.Write("data/token", "short\n");

        Assert.Contains("holds no token of at least 32 characters", (await RefusedAsync()).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("repositories", "DROP TABLE repositories")]
    [InlineData("builds", "DROP TABLE builds")]
    [InlineData("local_cronjobs", "DROP TABLE local_cronjobs")]
    public async Task A_database_that_cannot_be_read_at_the_start_is_named(string broken, string breaking)
    {
        var database = new Database(folder["data"]);
        await database.OpenAsync(Ct);
        await using (var context = database.CreateDbContext())
            await context.Database.ExecuteSqlRawAsync(breaking, Ct);

        var refused = await RefusedAsync();

        Assert.Contains(database.File, refused.Message, StringComparison.Ordinal);
        Assert.Contains($"no such table: {broken}", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    [Threat(35)]
    public async Task A_database_with_a_broken_page_is_named_before_anything_is_read_from_it()
    {
        string file;
        using (var database = new Database(folder["data"]))
        {
            await database.OpenAsync(Ct);
            await using var context = database.CreateDbContext();
            await context.Database.ExecuteSqlRawAsync("INSERT INTO events (At, Kind, Text) WITH RECURSIVE n(v) AS (SELECT 1 UNION ALL SELECT v + 1 FROM n WHERE v < 5000) SELECT 1, 'work', 'looked at for the time ' || v FROM n", Ct);
            file = database.File;
        }
        await using (var pages = new FileStream(file, FileMode.Open))
        {
            pages.Seek(-4096, SeekOrigin.End);
            await pages.WriteAsync(Enumerable.Repeat((byte)0xff, 4096).ToArray(), Ct);
        }

        var refused = await RefusedAsync();

        Assert.Contains(file, refused.Message, StringComparison.Ordinal);
        Assert.Contains("back-up", refused.Message + refused.Fix, StringComparison.Ordinal);
    }

    [Fact]
    [Threat(36)]
    public async Task A_second_engine_on_the_same_data_is_refused()
    {
        using var first = DataFolder.Take(folder["data"]);

        Assert.Contains("Is another engine running on it?", (await RefusedAsync()).Fix, StringComparison.Ordinal);
    }

    [Theory]
    [Threat(3)]
    [InlineData(null)]
    [InlineData("")]
    [InlineData(" \n\t\n")]
    public async Task Without_a_webhook_secret_it_does_not_start(string? secret)
    {
        var refused = await Assert.ThrowsAsync<CliException>(() => EngineHost.RunAsync(Configuration(0, secret), Ct).WaitAsync(TimeSpan.FromMinutes(1), Ct));

        Assert.Equal(ExitCode.Findings, refused.ExitCode);
        Assert.False(File.Exists(folder["data/engine.db"]));
    }

    private async Task<CliException> RefusedAsync(int port = 0)
    {
        var file = Configuration(port, new string('s', 64) + "\n");
        var refused = await Assert.ThrowsAsync<CliException>(() => EngineHost.RunAsync(file, Ct).WaitAsync(TimeSpan.FromMinutes(1), Ct));
        Assert.Equal(ExitCode.Environment, refused.ExitCode);
        return refused;
    }

    private string Configuration(int port, string? secret)
    {
        if (secret is not null)
            folder.Write("webhook-secret", secret);
        return folder.Write("engine.yaml", $$"""
            data: ./data
            server: { url: "http://127.0.0.1:8080", listen: "http://127.0.0.1:{{port.ToString(CultureInfo.InvariantCulture)}}" }
            environments: [ { name: dev, branch: main, target: { kind: local } } ]
            webhooks: { secretFiles: [ ./webhook-secret ] }
            """);
    }
}
