using System.Linq.Expressions;
using GitOps.Triggers.Domain;

namespace GitOps.Triggers.Storage;

/// <summary>What is read of a deployment: most of a row is what was applied, and most questions are about something else.</summary>
internal static class DeploymentColumns
{
    public static readonly Expression<Func<DeploymentRecord, DeploymentRecord>> WithoutRendered = row => new DeploymentRecord
    {
        Id = row.Id,
        Key = new TriggerKey(row.Repository, row.Environment, row.Trigger),
        Commit = row.Commit,
        Hash = row.Hash,
        Image = row.Image,
        Settings = row.Settings,
        Kind = row.Kind,
        DeployedAt = row.DeployedAt,
        Place = row.Place,
        Schedule = row.Schedule,
        TimeZone = row.TimeZone,
        Suspended = row.Suspended,
        StandsStill = row.StandsStill,
        Expect = row.Expect,
        Rendered = "",
        BuildId = row.BuildId,
        PrunedAt = row.PrunedAt,
    };
}
