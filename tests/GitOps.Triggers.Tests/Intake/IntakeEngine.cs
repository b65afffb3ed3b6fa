using GitOps.Triggers.Domain;
using GitOps.Triggers.Intake;
using GitOps.Triggers.Storage;
using GitOps.Triggers.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;

namespace GitOps.Triggers.Tests.Intake;

/// <summary>The intake on a real database in a folder of its own.</summary>
internal sealed class IntakeEngine : IAsyncDisposable
{
    public const string Url = "https://github.com/example/jobs.git";

    private readonly bool ownsFolder;

    private IntakeEngine(EngineConfiguration configuration, TimeProvider time, TempFolder? folder)
    {
        ownsFolder = folder is null;
        Folder = folder ?? new TempFolder();
        Time = time;
        Configuration = configuration with { DataFolder = Folder["data"] };
        Database = new Database(Configuration.DataFolder);
        Repositories = new RepositoryStore(Database, time);
        Work = new WorkStore(Database);
        Deliveries = new DeliveryStore(Database);
        Statuses = new StatusStore(Database);
        Served = new ServedKeys(Repositories, Configuration);
        Queue = new WorkQueue(Work, Configuration, Events, time, NullLogger<WorkQueue>.Instance);
        Writer = new DeliveryWriter(Database);
        Inbox = new Inbox(Writer, Queue, time, NullLogger<Inbox>.Instance);
        Intake = new DeliveryIntake(Repositories, Inbox, Configuration, Events, time);
    }

    public static EngineConfiguration DevAndProd { get; } = new()
    {
        DataFolder = "",
        Environments = [Environment("dev", "main"), Environment("prod", "prod")],
        Repositories = [new RepositorySettings { Url = RepositoryUrl.Parse(Url) }],
    };

    public EngineConfiguration Configuration { get; }

    public TimeProvider Time { get; }

    public EventHub Events { get; } = new();

    public SecretVault Secrets { get; } = new();

    public Database Database { get; }

    public RepositoryStore Repositories { get; }

    public ServedKeys Served { get; }

    public WorkStore Work { get; }

    public DeliveryStore Deliveries { get; }

    /// <summary>The inbox's own, while that is idle.</summary>
    public DeliveryWriter Writer { get; }

    public StatusStore Statuses { get; }

    public WorkQueue Queue { get; }

    public Inbox Inbox { get; }

    public DeliveryIntake Intake { get; }

    public TempFolder Folder { get; }

    public RepositoryId Repository => Repositories.Current[0].Id;

    public static async Task<IntakeEngine> StartAsync(EngineConfiguration? configuration = null, TimeProvider? time = null, TempFolder? folder = null)
    {
        var engine = new IntakeEngine(configuration ?? DevAndProd, time ?? TimeProvider.System, folder);
        await engine.Database.OpenAsync(CancellationToken.None);
        await engine.Repositories.SyncAsync(engine.Configuration.Repositories, CancellationToken.None);
        await engine.Inbox.StartAsync(CancellationToken.None);
        return engine;
    }

    public StartMarks Start() => new(Served, Statuses, Queue, Time, NullLogger<StartMarks>.Instance);

    public WorkKey Key(string environment) => new(Repository, EnvironmentName.Parse(environment));

    public async ValueTask DisposeAsync()
    {
        await Inbox.StopAsync(CancellationToken.None);
        await Writer.DisposeAsync();
        Repositories.Dispose();
        if (ownsFolder)
            Folder.Dispose();
    }

    private static EnvironmentDefinition Environment(string name, string branch) => new()
    {
        Name = EnvironmentName.Parse(name),
        Branch = BranchName.Parse(branch),
        Target = new TargetSettings.Local(),
    };
}
