using GitOps.Triggers.Domain;
using Microsoft.EntityFrameworkCore;

namespace GitOps.Triggers.Storage;

/// <summary>The engine's state. The domain's records are its rows; they are immutable, so nothing is tracked and each change is written whole.</summary>
internal sealed class EngineDbContext(DbContextOptions<EngineDbContext> options) : DbContext(options)
{
    public DbSet<ConnectedRepository> Repositories => Set<ConnectedRepository>();

    public DbSet<RetiredRepository> Retired => Set<RetiredRepository>();

    public DbSet<Delivery> Deliveries => Set<Delivery>();

    public DbSet<WorkItem> Work => Set<WorkItem>();

    public DbSet<PassRecord> Passes => Set<PassRecord>();

    public DbSet<TriggerStatus> Statuses => Set<TriggerStatus>();

    public DbSet<BuildRecord> Builds => Set<BuildRecord>();

    public DbSet<DeploymentRecord> Deployments => Set<DeploymentRecord>();

    public DbSet<RunRecord> Runs => Set<RunRecord>();

    public DbSet<StandingPlace> Places => Set<StandingPlace>();

    public DbSet<PauseRecord> Pauses => Set<PauseRecord>();

    public DbSet<LocalCronJob> LocalCronJobs => Set<LocalCronJob>();

    public DbSet<LocalJob> LocalJobs => Set<LocalJob>();

    public DbSet<EventRecord> Events => Set<EventRecord>();

    protected override void ConfigureConventions(ModelConfigurationBuilder configuration) => ColumnTypes.Configure(configuration);

    protected override void OnModelCreating(ModelBuilder model) => Tables.Configure(model);
}
