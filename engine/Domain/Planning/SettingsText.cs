using System.Globalization;
using System.Text;

namespace GitOps.Triggers.Domain;

/// <summary>
/// All that a manifest says of an environment, in one spelling and order. What is not set is left out, so that a setting added in
/// a later version does not change the text of those who do not use it; any other change here makes every deployment look changed once.
/// </summary>
internal static class SettingsText
{
    public static string Of(EnvironmentSpec spec)
    {
        var text = new StringBuilder();
        if (spec.Schedule is { } schedule)
            Add(text, "schedule", schedule.Expression, schedule.TimeZone);
        if (spec.Suspend)
            Add(text, "suspend");
        AddExpectation(text, spec.Expect);
        AddRun(text, spec.Run);
        return text.ToString();
    }

    private static void AddRun(StringBuilder text, RunSpec run)
    {
        if (run.Command.Count > 0)
            Add(text, ["command", .. run.Command]);
        if (run.Args.Count > 0)
            Add(text, ["args", .. run.Args]);
        foreach (var (name, value) in run.Env.OrderBy(entry => entry.Key, StringComparer.Ordinal))
            AddVariable(text, name, value);
        foreach (var (path, source) in run.Files.OrderBy(entry => entry.Key, StringComparer.Ordinal))
            Add(text, "file", path, source.Kind.ToString(), source.Name, source.Key);
        Add(text, "cpu", Number(run.Cpu.Value));
        Add(text, "memory", Number(run.Memory.Value));
        Add(text, "timeout", Seconds(run.Timeout));
        Add(text, "retries", Number(run.Retries));
        Add(text, "concurrency", run.ConcurrencyPolicy.ToString());
        if (run.StartingDeadline is { } deadline)
            Add(text, "startingDeadline", Seconds(deadline));
        Add(text, "history", Number(run.SuccessfulHistory), Number(run.FailedHistory));
    }

    private static void AddVariable(StringBuilder text, string name, EnvironmentValue value)
    {
        switch (value)
        {
            case EnvironmentValue.Literal literal:
                Add(text, "env", name, literal.Value);
                break;
            case EnvironmentValue.From { Source: var source }:
                Add(text, "env", name, source.Kind.ToString(), source.Name, source.Key);
                break;
        }
    }

    private static void AddExpectation(StringBuilder text, Expectation? expect)
    {
        if (expect?.SuccessWithin is { } within)
            Add(text, "successWithin", Seconds(within));
        if (expect?.MaxDuration is { } longest)
            Add(text, "maxDuration", Seconds(longest));
    }

    /// <summary>Each part with its length before it, so that no value can pass for two.</summary>
    private static void Add(StringBuilder text, params ReadOnlySpan<string> parts)
    {
        foreach (var part in parts)
            text.Append(CultureInfo.InvariantCulture, $"{part.Length}:{part} ");
        text.Append('\n');
    }

    // "G29" so that 1 and 1.0, which are one amount, are one text.
    private static string Number(decimal value) => value.ToString("G29", CultureInfo.InvariantCulture);

    private static string Seconds(TimeSpan duration) => Number((decimal)duration.TotalSeconds);
}
