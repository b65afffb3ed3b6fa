using GitOps.Triggers.Domain;

namespace GitOps.Triggers.Manifests;

/// <summary>Reads what a manifest says of its environments.</summary>
internal sealed class EnvironmentReader
{
    private readonly Node? inherited;
    private readonly TriggerName? trigger;
    private readonly ManifestContext context;
    private readonly Report report;
    private readonly Values values;
    private readonly ScheduleReader schedules;
    private readonly RunReader runs;
    private readonly RunSpec shared;

    /// <param name="run">The manifest's own <c>run:</c>, which is read at once: what is wrong in it is found even when no environment can be read.</param>
    /// <param name="trigger">The trigger's name; none when it could not be read, and then the manifest is refused whatever else is in it.</param>
    /// <param name="context">The repository.</param>
    /// <param name="report">Takes the findings.</param>
    public EnvironmentReader(Node? run, TriggerName? trigger, ManifestContext context, Report report)
    {
        (inherited, this.trigger, this.context, this.report) = (run, trigger, context, report);
        (values, schedules, runs) = (new Values(report), new ScheduleReader(report), new RunReader(report));
        shared = runs.Read(run);
    }

    public EnvironmentName? ReadName(Entry entry)
    {
        if (!EnvironmentName.TryParse(entry.Name, out var name))
            report.Refuse(entry.Key, $"'{Shown.Text(entry.Name)}' is not an environment name.",
                $"Use lower-case letters, digits and dashes, at most {EnvironmentName.Longest} characters.");
        else if (context.KnownEnvironments is { } known && !known.Contains(name))
            report.Warn(entry.Key, $"This engine has no environment '{name}'; nothing is deployed for it.",
                $"Write {(Nearest.To(name.Value, known.Select(one => one.Value)) ?? SchemaWords.Or(known.Order().Select(one => one.Value)))}; or leave it, if another engine has it.");
        return name;
    }

    /// <param name="entry">The environment's name and what stands below it.</param>
    public EnvironmentSpec Read(Entry entry)
    {
        var fields = new Fields(entry.Value);
        var zone = fields.Find("timeZone");
        var schedule = fields.Find("schedule");
        if (schedule is null && fields.TryFind("timeZone", out var lonely))
            report.Warn(lonely.Key, "A time zone without a schedule changes nothing.", "Add a schedule, or remove the time zone.");
        return new EnvironmentSpec
        {
            Schedule = schedules.Read(schedule, zone, Seed(entry.Name)),
            Suspend = Values.Boolean(fields.Find("suspend")) ?? false,
            Run = CoreSchema.IsAbsent(fields.Find("run")) ? shared : runs.Read(fields.Find("run"), inherited),
            Expect = ReadExpectation(fields),
        };
    }

    /// <summary>What <c>H</c> is made of.</summary>
    private string Seed(string environment) => $"{context.Repository}/{environment}/{trigger}";

    private Expectation? ReadExpectation(Fields environment)
    {
        var fields = environment.Within("expect");
        var expectation = new Expectation
        {
            SuccessWithin = values.Duration(fields.Find("successWithin"), "1m", "366d"),
            MaxDuration = values.Duration(fields.Find("maxDuration"), "1s", "7d"),
        };
        return expectation == new Expectation() ? null : expectation;
    }
}
