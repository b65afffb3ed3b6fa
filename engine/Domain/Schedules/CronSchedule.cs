using System.Diagnostics.CodeAnalysis;
namespace GitOps.Triggers.Domain;
internal sealed record CronSchedule(string Expression, string TimeZone)
{
    public static bool TryParse(string expression, string zone, [NotNullWhen(true)] out CronSchedule? schedule, out ScheduleProblem? problem) { schedule = null; problem = null; return false; }
    public DateTimeOffset? Next(DateTimeOffset after) => null;
    public string Describe() => "";
}
internal sealed record ScheduleProblem(string Message, string Fix);
