using System.Globalization;
using GitOps.Triggers.Domain;

namespace GitOps.Triggers.Tests.Manifests;

/// <summary>Findings, manifests and configurations as lines that people can review.</summary>
internal static class Printed
{
    public static IEnumerable<string> Findings(IEnumerable<Finding> findings) => findings.SelectMany(finding => new[]
    {
        $"{finding.Location}: {(finding.Severity == Severity.Error ? "error" : "warning")}: {(finding.Path.Length > 0 ? finding.Path + ": " : "")}{finding.Message}",
        $"    Fix: {finding.Fix}",
    });

    public static IEnumerable<string> Manifest(TriggerManifest manifest) =>
    [
        $"trigger {manifest.Name} of {manifest.File}",
        .. Line("description", manifest.Description),
        $"  build: context '{manifest.Build.Context}', dockerfile '{manifest.Build.Dockerfile}'",
        .. Line("target", manifest.Build.Target),
        .. manifest.Build.Args.Select(arg => $"  build arg {arg.Key}={arg.Value}"),
        .. manifest.Environments.OrderBy(pair => pair.Key).SelectMany(pair => Environment(pair.Key, pair.Value)),
    ];

    private static IEnumerable<string> Environment(EnvironmentName name, EnvironmentSpec spec) =>
    [
        $"  {name}: {spec.Schedule?.ToString() ?? "awaiting schedule"}{(spec.Suspend ? ", suspended" : "")}",
        .. Run(spec.Run).Select(line => "    " + line),
        .. spec.Expect is { } expect ? [$"    expect: success within {Time(expect.SuccessWithin)}, longest {Time(expect.MaxDuration)}"] : Array.Empty<string>(),
    ];

    private static IEnumerable<string> Run(RunSpec run) =>
    [
        .. run.Command.Select(word => $"command word '{word}'"),
        .. run.Args.Select(word => $"arg '{word}'"),
        .. run.Env.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => $"env {pair.Key} = {Value(pair.Value)}"),
        .. run.Files.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => $"file {pair.Key} = {pair.Value}"),
        string.Create(CultureInfo.InvariantCulture, $"cpu {run.Cpu}, memory {run.Memory}, timeout {Time(run.Timeout)}, retries {run.Retries}, {run.ConcurrencyPolicy}, starting deadline {Time(run.StartingDeadline)}, history {run.SuccessfulHistory}/{run.FailedHistory}"),
    ];

    private static string Value(EnvironmentValue value) => value switch
    {
        EnvironmentValue.Literal literal => $"'{literal.Value.ReplaceLineEndings("\\n")}'",
        EnvironmentValue.From from => from.Source.ToString(),
        _ => throw new ArgumentOutOfRangeException(nameof(value)),
    };

    private static string Time(TimeSpan? time) => time is { } value ? Duration.Format(value) : "none";

    private static IEnumerable<string> Line(string name, string? value) => value is null ? [] : [$"  {name}: {value}"];
}
