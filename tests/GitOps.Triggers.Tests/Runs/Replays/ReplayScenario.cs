using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using GitOps.Triggers.Domain;

namespace GitOps.Triggers.Tests.Runs.Replays;

/// <summary>One line of <c>vectors/controller/*.jsonl</c>, whose README says what each field is.</summary>
internal sealed record ReplayScenario
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web) { Converters = { new JsonStringEnumConverter() }, UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow };

    private static readonly ConcurrentDictionary<string, IReadOnlyList<ReplayScenario>> Files = new(StringComparer.Ordinal);

    public required string Name { get; init; }

    public required string Schedule { get; init; }

    public required string TimeZone { get; init; }

    public required ConcurrencyPolicy ConcurrencyPolicy { get; init; }

    public int? StartingDeadlineSeconds { get; init; }

    public required DateTimeOffset From { get; init; }

    public required DateTimeOffset Until { get; init; }

    public required IReadOnlyList<int> JobSeconds { get; init; }

    public IReadOnlyList<ReplayAction> Actions { get; init; } = [];

    public required IReadOnlyList<string> Due { get; init; }

    public required IReadOnlyList<string> Fates { get; init; }

    public IReadOnlyList<DateTimeOffset> TooManyMissed { get; init; } = [];

    public IReadOnlyList<DateTimeOffset> ReachedBack { get; init; } = [];

    public TimeSpan? StartingDeadline => StartingDeadlineSeconds is { } seconds ? TimeSpan.FromSeconds(seconds) : null;

    public static IReadOnlyList<ReplayScenario> Of(string file) => Files.GetOrAdd(file, Read);

    /// <summary>Each due time with its fate, in order.</summary>
    public IReadOnlyList<(DateTimeOffset Due, string Fate)> Expected() => [.. DueTimes().Zip(Fates.SelectMany(Repeated), (due, fate) => (due, fate))];

    private IEnumerable<DateTimeOffset> DueTimes()
    {
        if (Due.Count == 0)
            yield break;
        var due = DateTimeOffset.Parse(Due[0], CultureInfo.InvariantCulture);
        yield return due;
        foreach (var step in Due.Skip(1).SelectMany(Repeated))
            yield return due += TimeSpan.FromMinutes(int.Parse(step.Split(' ')[0], CultureInfo.InvariantCulture));
    }

    private static IReadOnlyList<ReplayScenario> Read(string file) =>
        [.. File.ReadLines(Path.Combine(AppContext.BaseDirectory, "vectors", "controller", file)).Select(line => JsonSerializer.Deserialize<ReplayScenario>(line, Options)!)];

    /// <summary><c>12 started</c> is <c>started</c> twelve times.</summary>
    private static IEnumerable<string> Repeated(string run)
    {
        var space = run.IndexOf(' ', StringComparison.Ordinal);
        return Enumerable.Repeat(run[(space + 1)..], int.Parse(run[..space], CultureInfo.InvariantCulture));
    }
}
