using GitOps.Triggers.Domain;

namespace GitOps.Triggers.Manifests;

/// <summary>Reads what must hold before a deployment.</summary>
internal sealed class GatesReader(Report report)
{
    private readonly Values values = new(report);
    private readonly ScheduleReader schedules = new(report);

    public Gates Read(Fields environment)
    {
        var fields = environment.Within("gates");
        return new Gates
        {
            SuccessfulRuns = Values.Integer(fields.Find("successfulRuns")) ?? 0,
            Bake = values.Duration(fields.Find("bake"), "0s", "90d") ?? TimeSpan.Zero,
            Freeze = fields.Find("freeze") is Node.Sequence windows ? [.. windows.Items.Select(ReadWindow).OfType<FreezeWindow>()] : [],
        };
    }

    private FreezeWindow? ReadWindow(Node node)
    {
        var fields = new Fields(node);
        var schedule = schedules.Read(fields.Find("schedule"), fields.Find("timeZone"), seed: null);
        var duration = values.Duration(fields.Find("duration"), "1m", "366d");
        return schedule is not null && duration is { } open ? new FreezeWindow(schedule, open) : null;
    }
}
