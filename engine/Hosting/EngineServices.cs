using GitOps.Triggers.Builds;
using GitOps.Triggers.Clusters;
using GitOps.Triggers.Containers;
using GitOps.Triggers.Deployment;
using GitOps.Triggers.Domain;
using GitOps.Triggers.Intake;
using GitOps.Triggers.Observability;
using GitOps.Triggers.Pipeline;
using GitOps.Triggers.Registries;
using GitOps.Triggers.Runs;
using GitOps.Triggers.Sources;
using GitOps.Triggers.Storage;
using GitOps.Triggers.Web;
using GitOps.Triggers.Webhooks;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Prometheus;

namespace GitOps.Triggers.Hosting;

/// <summary>What the engine is made of. What is hosted starts in the order of registration, and ends in the other one.</summary>
internal static class EngineServices
{
    public static void AddEngine(this IServiceCollection services, EngineConfiguration configuration, SecretVault secrets)
    {
        services.AddSingleton(secrets);
        services.AddSingleton<ISecretMask>(secrets);
        services.AddSingleton(configuration);
        services.AddSingleton(configuration.Limits);
        services.AddSingleton(TimeProvider.System);
        services.AddSingleton<EventHub>();
        services.AddStorage(configuration);
        // Before whatever applies: due times of the engine's absence are decided by what was applied then.
        services.AddLocalRuns();
        services.AddClusters();
        services.AddClusterRuns();
        services.AddIntake();
        services.AddPipeline();
        services.AddBuilds();
        services.AddObservability();
        services.AddWeb(configuration);
    }

    /// <summary>Hands events to those who follow them.</summary>
    public static void ListenToEvents(this IServiceProvider services)
    {
        var hub = services.GetRequiredService<EventHub>();
        hub.Subscribe(services.GetRequiredService<MetricsListener>().On);
        hub.Subscribe(services.GetRequiredService<EventLog>().On);
        hub.Subscribe(services.GetRequiredService<EventMarks>().On);
    }

    private static void AddStorage(this IServiceCollection services, EngineConfiguration configuration)
    {
        services.AddSingleton(_ => new Database(configuration.DataFolder));
        services.AddSingleton<IDbContextFactory<EngineDbContext>>(provider => provider.GetRequiredService<Database>());
        services.AddSingleton<RepositoryStore>();
        services.AddSingleton<ServedKeys>();
        services.AddSingleton<DeliveryStore>();
        services.AddSingleton<DeliveryWriter>();
        services.AddSingleton<WorkStore>();
        services.AddSingleton<StatusStore>();
        services.AddSingleton<BuildStore>();
        services.AddSingleton<DeploymentStore>();
        services.AddSingleton<PauseStore>();
        services.AddSingleton<PlaceStore>();
        services.AddSingleton<RunStore>();
        services.AddSingleton<RepositorySlugs>();
        services.AddSingleton<LocalCronJobStore>();
        services.AddSingleton<EventStore>();
        services.AddSingleton<FleetQuery>();
        services.AddSingleton<QueueQuery>();
        services.AddSingleton<DeliveryRehearsal>();
    }

    private static void AddIntake(this IServiceCollection services)
    {
        services.AddSingleton<WebhookSecrets>();
        services.AddSingleton<WebhookEndpoint>();
        services.AddSingleton<DeliveryIntake>();
        services.AddSingleton<WorkQueue>();
        services.AddSingleton<RepositoryCheck>();
        services.AddSingleton<RemoteProblems>();
        services.AddSingleton<StartMarks>();
        services.AddSingleton<Resync>();
        services.AddHosted<Inbox>();
        services.AddHosted<DeliveryCleaner>();
    }

    private static void AddPipeline(this IServiceCollection services)
    {
        services.AddSingleton<Targets>();
        services.AddSingleton<GitMirrors>();
        services.AddSingleton<SnapshotReader>();
        services.AddSingleton<BuildInputsReader>();
        services.AddSingleton<ContextExporter>();
        services.AddSingleton<PassOpening>();
        services.AddSingleton<BranchStage>();
        services.AddSingleton<UpstreamFacts>();
        services.AddSingleton<PlanStage>();
        services.AddSingleton<BuildRunner>();
        services.AddSingleton<BuildStage>();
        services.AddSingleton<SharedBuilds>();
        services.AddSingleton<FormerPlaces>();
        services.AddSingleton<DeployStage>();
        services.AddSingleton<ExecutionStage>();
        services.AddSingleton<Conclusion>();
        services.AddSingleton<Reconciler>();
        services.AddSingleton<Retirement>();
        services.AddSingleton<BuildRemoval>();
        services.AddSingleton<Trimming>();
        services.AddSingleton<RunRemoval>();
        services.AddSingleton<MirrorRemoval>();
        services.AddHosted<EventMarks>();
        services.AddHosted<DriftMarks>();
        services.AddHosted<NamespaceRepairLoop>();
        services.AddHosted<PassLoop>();
        services.AddHosted<ResyncLoop>();
        services.AddHosted<TrimmingLoop>();
    }

    private static void AddBuilds(this IServiceCollection services)
    {
        services.AddSingleton(provider => new ContainerEngineLocator(
            Environment.GetEnvironmentVariable(ContainerEngineLocator.Variable), provider.GetRequiredService<ISecretMask>(), provider.GetRequiredService<TimeProvider>())
        {
            PlainHttpRegistry = provider.GetRequiredService<EngineConfiguration>().Registry is { PlainHttp: true } registry ? registry.Host : null,
            Hooks = ContainerHooks.Of(provider.GetRequiredService<EngineConfiguration>()),
        });
        services.AddSingleton(provider => new RegistryDirectory(
            provider.GetRequiredService<EngineConfiguration>().Registry, provider.GetRequiredService<SecretVault>(), Environment.GetEnvironmentVariable, provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton<ImageStore>();
        services.AddSingleton<BuildLogs>();
        services.AddSingleton<BuildContexts>();
        services.AddSingleton<Func<IKanikoLauncher>>(provider => () => new ClusterKanikoLauncher(
            provider.GetRequiredService<EngineConfiguration>(), provider.GetRequiredService<ClusterDirectory>(), provider.GetRequiredService<BuildContexts>(),
            provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping));
        services.AddSingleton<BuildPlaces>();
        services.AddSingleton<BuilderChoice>();
        services.AddSingleton<ClusterBuildSweep>();
        services.AddHosted<BuildSweepLoop>();
        services.AddSingleton<BuildLeftovers>();
        services.AddSingleton<IImageBuilder, ImageBuilder>();
    }

    private static void AddLocalRuns(this IServiceCollection services)
    {
        services.AddSingleton<JobContainers>();
        services.AddSingleton<ImageCheck>();
        services.AddSingleton<ImagePulls>();
        services.AddSingleton<EnvironmentSources>();
        services.AddSingleton<RunPlaces>();
        services.AddSingleton<RunPreparation>();
        services.AddSingleton<AttemptRunner>();
        services.AddSingleton<RunRetention>();
        services.AddSingleton<RunEvents>();
        services.AddSingleton<RunLoop>();
        services.AddSingleton<RunSweep>();
        services.AddSingleton<LocalRuns>();
        services.AddSingleton<CronJobSync>();
        services.AddSingleton<ITarget, LocalTarget>();
        services.AddHosted<LocalClock>();
    }

    private static void AddClusters(this IServiceCollection services)
    {
        services.AddSingleton<ClusterDirectory>();
        services.AddSingleton<Inventory>();
        services.AddSingleton<OnDemandRuns>();
        services.AddSingleton<ClusterLogs>();
        services.AddSingleton<KubernetesEnvironments>();
        services.AddSingleton<KubernetesTargets>();
    }

    private static void AddClusterRuns(this IServiceCollection services)
    {
        services.AddSingleton<ClusterLogKeeper>();
        services.AddSingleton<ClusterRecorder>();
        services.AddTransient<ClusterSettlement>();
        services.AddSingleton<Func<ClusterSettlement>>(provider => provider.GetRequiredService<ClusterSettlement>);
        services.AddSingleton(provider => ClusterRuns.Of(provider.GetRequiredService<KubernetesEnvironments>(), provider.GetRequiredService<TimeProvider>()));
        services.AddHosted<ClusterRuns>();
    }

    private static void AddObservability(this IServiceCollection services)
    {
        services.AddSingleton(_ => Metrics.NewCustomRegistry());
        services.AddSingleton<EngineMetrics>();
        services.AddSingleton<RepositoryNames>();
        services.AddSingleton<MetricsListener>();
        services.AddSingleton<StateGauges>();
        services.AddHosted<EventLog>();
        services.AddSingleton<Readiness>();
    }

    private static void AddWeb(this IServiceCollection services, EngineConfiguration configuration)
    {
        services.AddSingleton(provider => ApiToken.OpenOrCreate(configuration.DataFolder, provider.GetRequiredService<SecretVault>()));
        services.AddSingleton<TriggerFinder>();
        services.AddSingleton<ServedTriggers>();
        services.AddSingleton<RepositoryViews>();
        services.ConfigureHttpJsonOptions(json => WebJson.Configure(json.SerializerOptions));
    }

    /// <summary>A service that runs as long as the engine, and that others may ask for.</summary>
    private static void AddHosted<T>(this IServiceCollection services)
        where T : class, IHostedService
    {
        services.AddSingleton<T>();
        services.AddHostedService(provider => provider.GetRequiredService<T>());
    }
}
