using GitOps.Triggers.Builds;
using GitOps.Triggers.Children;
using GitOps.Triggers.Cli;
using GitOps.Triggers.Deployment;
using GitOps.Triggers.Domain;
using GitOps.Triggers.Manifests;
using GitOps.Triggers.Observability;
using GitOps.Triggers.Storage;
using GitOps.Triggers.Web;
using GitOps.Triggers.Webhooks;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Hosting;
using Prometheus;

namespace GitOps.Triggers.Hosting;

/// <summary>
/// Starts the engine: configuration, database, services, and then everything that runs until a signal ends it. What goes on then are the web server and the
/// services that <see cref="EngineServices"/> hosts; a push is taken up by <see cref="PassLoop"/>.
/// </summary>
internal static class EngineHost
{
    /// <summary>Serves until SIGTERM or SIGINT; see <see cref="StopSignals"/>.</summary>
    /// <param name="file">The path of <c>engine.yaml</c>.</param>
    /// <param name="ct">Ends the engine as a signal does.</param>
    /// <exception cref="CliException">The engine cannot start; the message says what to mend.</exception>
    public static async Task<int> RunAsync(string file, CancellationToken ct)
    {
        var configuration = ReadConfiguration(Path.GetFullPath(file));
        using var dataFolder = DataFolder.Take(configuration.DataFolder);
        using var signals = StopSignals.Listen();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(ct, signals.Asked);
        ChildProcesses.MarkAs(configuration.DataFolder);
        try
        {
            await ServeAsync(configuration, Path.GetFullPath(file), stop.Token);
        }
        catch (OperationCanceledException) when (signals.Asked.IsCancellationRequested)
        {
            // Told to end before it had begun to serve.
        }
        catch (Exception failure) when (StartFailures.Explain(failure, configuration) is { } explained)
        {
            throw explained;
        }
        return ExitCode.Fine;
    }

    private static async Task ServeAsync(EngineConfiguration configuration, string file, CancellationToken ct)
    {
        await using var app = Build(configuration);
        await PrepareAsync(app.Services, file, ct);
        Map(app);
        // Asked for now: the host takes its services away when it ends.
        var services = app.Services.GetServices<IHostedService>().ToList();
        await RunAsync(app, ct);
        EndedServices.Check(services);
    }

    private static async Task RunAsync(WebApplication app, CancellationToken ct)
    {
        try
        {
            await app.StartAsync(ct);
        }
        catch
        {
            // What had been started before that has begun to work, and comes to its end.
            await app.StopAsync(CancellationToken.None).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            throw;
        }
        await app.WaitForShutdownAsync(ct);
    }

    private static EngineConfiguration ReadConfiguration(string file)
    {
        if (!File.Exists(file))
            throw CliException.Environment($"There is no {file}.", "Name the engine's configuration with --config, or write one: see the README.");
        var reading = EngineConfigurationReader.Read(file, File.ReadAllBytes(file), SecretFiles.ReadText);
        foreach (var finding in reading.Findings)
            Console.Error.WriteLine(finding);
        return reading.Configuration is { } configuration && Refuse([.. Targets.Check(configuration, file), .. ClusterBuildRights.Check(configuration, file)]) == 0
            ? configuration
            : throw new CliException(ExitCode.Findings, "The engine does not start with this configuration.", "Mend what is listed above.");
    }

    private static WebApplication Build(EngineConfiguration configuration)
    {
        // Not with the usual settings: an appsettings.json beside the user would change the engine, and everything below that folder would be watched for it.
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { ContentRootPath = configuration.DataFolder });
        builder.Configuration.AddEnvironmentVariables();
        builder.Services.AddRouting();
        builder.WebHost.UseKestrelCore();
        builder.Logging.AddConfiguration(builder.Configuration.GetSection("Logging"));
        var secrets = new SecretVault();
        builder.Logging.AddEngineConsole(secrets);
        builder.WebHost.UseUrls([.. new[] { configuration.Listen, configuration.MetricsListen }.OfType<Uri>().Select(address => address.ToString())]);
        builder.WebHost.ConfigureKestrel(server => server.AddServerHeader = false);
        // Longer than a container's own time to stop, so that what is being stopped is recorded.
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(30));
        builder.Services.AddEngine(configuration, secrets);
        builder.Services.AddHostedService<WebDrain>();
        builder.Services.AddSingleton<Orphans>();
        builder.Host.UseDefaultServiceProvider(provider => provider.ValidateOnBuild = true);
        return builder.Build();
    }

    /// <summary>Whatever must hold before the first request or pass.</summary>
    private static async Task PrepareAsync(IServiceProvider services, string file, CancellationToken ct)
    {
        if (Refuse(services.GetRequiredService<WebhookSecrets>().Check()) > 0)
            throw new CliException(ExitCode.Findings, "The engine does not start without a webhook secret.", $"Mend {file}.");
        await OpenDatabaseAsync(services.GetRequiredService<Database>(), ct);
        var configuration = services.GetRequiredService<EngineConfiguration>();
        if (Refuse(await services.GetRequiredService<RepositoryStore>().SyncAsync(configuration.Repositories, ct)) > 0)
            throw new CliException(ExitCode.Findings, "The repositories of the configuration cannot be connected.", $"Mend {file}.");
        await services.GetRequiredService<BuildStore>().CloseAbandonedAsync(services.GetRequiredService<TimeProvider>().GetUtcNow(), ct);
        services.GetRequiredService<Orphans>().End();
        await services.GetRequiredService<BuildLeftovers>().RemoveAsync(ct);
        services.GetRequiredService<ApiToken>();
        services.GetRequiredService<StateGauges>().Register(services.GetRequiredService<CollectorRegistry>());
        services.ListenToEvents();
    }

    private static async Task OpenDatabaseAsync(Database database, CancellationToken ct)
    {
        try
        {
            await database.OpenAsync(ct);
        }
        catch (Exception unusable) when (unusable is DatabaseTooNewException or DatabaseDamagedException)
        {
            throw CliException.Environment(unusable.Message, "");
        }
    }

    private static void Map(WebApplication app)
    {
        app.KeepMetricsApart(app.Services.GetRequiredService<EngineConfiguration>().MetricsListen);
        app.GuardApi();
        app.MapGitHubWebhooks();
        app.MapApi();
        app.MapBuildContexts();
        app.MapMetrics("/metrics", app.Services.GetRequiredService<CollectorRegistry>());
        app.MapHealth();
    }

    private static int Refuse(IReadOnlyList<Finding> findings)
    {
        foreach (var finding in findings)
            Console.Error.WriteLine(finding);
        return findings.Count(finding => finding.Severity == Severity.Error);
    }
}
