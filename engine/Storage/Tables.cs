using GitOps.Triggers.Domain;
using Microsoft.EntityFrameworkCore;

namespace GitOps.Triggers.Storage;

/// <summary>Tables, keys and the indexes that the stores' questions need.</summary>
internal static class Tables
{
    public static void Configure(ModelBuilder model)
    {
        Inbox(model);
        Releases(model);
        Runs(model);
    }

    private static void Inbox(ModelBuilder model)
    {
        model.Entity<ConnectedRepository>(table =>
        {
            table.ToTable("repositories").HasKey(row => row.Id);
            table.HasIndex(row => row.Name).IsUnique();
            table.HasIndex(row => row.Url).IsUnique();
            table.Ignore(row => row.Repository);
        });
        model.Entity<RetiredRepository>(table =>
        {
            table.ToTable("retired_repositories").HasKey(row => row.Id);
            table.Ignore(row => row.Repository);
        });
        model.Entity<Delivery>(table =>
        {
            table.ToTable("deliveries").HasKey(row => row.Guid);
            table.HasIndex(row => row.ReceivedAt);
        });
        model.Entity<WorkItem>(table =>
        {
            table.ToTable("work").HasKey(row => new { row.Repository, row.Environment });
            table.Ignore(row => row.Key);
            table.HasIndex(row => row.DueAt);
        });
        model.Entity<PassRecord>(table =>
        {
            table.ToTable("passes").HasKey(row => new { row.Repository, row.Environment });
            table.Ignore(row => row.Key);
        });
        model.Entity<EventRecord>(table =>
        {
            table.ToTable("events").HasKey(row => row.Id);
            table.Property(row => row.Id).ValueGeneratedOnAdd();
        });
    }

    private static void Releases(ModelBuilder model)
    {
        model.Entity<BuildRecord>(table =>
        {
            table.ToTable("builds").HasKey(row => row.Id);
            table.Property(row => row.Id).ValueGeneratedOnAdd();
            table.HasIndex(row => new { row.Repository, row.Hash });
            table.HasIndex(row => row.State);
        });
        model.Entity<DeploymentRecord>(table =>
        {
            table.ToTable("deployments").HasKey(row => row.Id);
            table.Property(row => row.Id).ValueGeneratedOnAdd();
            table.Ignore(row => row.Key);
            table.Ignore(row => row.Pruned);
            table.HasIndex(row => new { row.Repository, row.Environment, row.Trigger });
            table.HasIndex(row => new { row.Repository, row.Environment, row.Hash });
        });
        model.Entity<TriggerStatus>(table =>
        {
            table.ToTable("statuses").HasKey(row => new { row.Repository, row.Environment, row.Trigger });
            table.Ignore(row => row.Key);
        });
        model.Entity<PauseRecord>(table =>
        {
            table.ToTable("pauses").HasKey(row => new { row.Repository, row.Environment, row.Trigger });
            table.Ignore(row => row.Key);
        });
    }

    private static void Runs(ModelBuilder model)
    {
        model.Entity<LocalCronJob>(table =>
        {
            table.ToTable("local_cronjobs").HasKey(row => row.Name);
            table.Ignore(row => row.Key);
            table.HasIndex(row => new { row.Repository, row.Environment, row.Trigger });
        });
        model.Entity<LocalJob>(table =>
        {
            table.ToTable("local_jobs").HasKey(row => row.Id);
            table.HasIndex(row => row.CronJob);
        });
        model.Entity<RunRecord>(table =>
        {
            table.ToTable("runs").HasKey(row => row.Id);
            table.Ignore(row => row.Key);
            table.HasIndex(row => new { row.Repository, row.Environment, row.Trigger, row.ScheduledFor });
            table.HasIndex(row => row.State);
        });
    }
}
