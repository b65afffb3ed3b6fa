using System.Text.Json;
using System.Text.RegularExpressions;
using Xunit;

namespace GitOps.Triggers.Tests.Manifests;

/// <summary>Long texts made to drive a pattern or parser into endless search (threats 18).</summary>
public sealed class HostileTextSpecs
{
    private const int Length = 60_000;

    private static readonly TimeSpan Limit = TimeSpan.FromMilliseconds(100);

    private static readonly string[] Pieces = ["a", "0", "-", ".", "/", "a-", "a.", "0.", "1d", "0m", "A", " ", "*", "*/", "1,", "H(", "../", "a/", ":1", "é", "\n", "\\", "@"];

    public static TheoryData<string> Patterns => [.. SchemaJson.Trigger.Concat(SchemaJson.Engine).Patterns().Distinct().Order(StringComparer.Ordinal)];

    /// <summary>A manifest with a hole for a text, wherever a text can stand.</summary>
    public static TheoryData<string> Places =>
    [
        "apiVersion: %", "kind: %", "name: %", "description: %", "build: { context: % }", "build: { dockerfile: % }", "build: { target: % }", "build: { args: { A: % } }",
        "run: { command: [ % ] }", "run: { env: { A: % } }", "run: { env: { A: { secret: %, key: % } } }", "run: { files: { /a: { config: %, key: % } } }",
        "run: { resources: { cpu: % } }", "run: { resources: { memory: % } }", "run: { timeout: % }", "run: { retries: % }", "run: { concurrencyPolicy: % }",
        "environments: { dev: { schedule: % } }", "environments: { dev: { schedule: '@daily', timeZone: % } }", "environments: { dev: { expect: { successWithin: % } } }",
    ];

    public static TheoryData<string> KeyPlaces => ["%: 1", "run: { env: { %: 1 } }", "run: { files: { %: { config: a, key: b } } }", "environments: { %: }", "build: { args: { %: 1 } }"];

    [Theory, MemberData(nameof(Patterns))]
    [Threat(18)]
    public void No_text_keeps_a_pattern_of_the_schemas_busy(string pattern)
    {
        foreach (var text in Texts())
            Fastest.IsBelow(Limit, () => Regex.IsMatch(text, pattern), $"{pattern} on {text[..4]}…");
    }

    [Theory, MemberData(nameof(Places))]
    public void No_text_keeps_the_reader_busy_wherever_it_stands(string place)
    {
        foreach (var text in Texts())
            CheckPlace(place, JsonSerializer.Serialize(text[..(Length / place.Count(c => c == '%'))]));
    }

    [Theory, MemberData(nameof(KeyPlaces))]
    public void No_text_keeps_the_reader_busy_as_a_key(string place)
    {
        foreach (var text in Texts())
            CheckPlace(place.Replace("%", "? % ", StringComparison.Ordinal), JsonSerializer.Serialize(text));
    }

    [Theory]
    [InlineData("[a]: {b: ")]
    [InlineData("a: 1, ")]
    [InlineData("x-a: 1, ")]
    [InlineData("\"")]
    [InlineData("a:b,")]
    [InlineData("\"\\u0041")]
    public void No_flow_of_small_things_keeps_the_reader_busy(string piece)
    {
        var text = "{" + string.Concat(Enumerable.Repeat(piece, Length / piece.Length));

        Fastest.IsBelow(5 * Limit, () => Repository.Read(text), $"reading many of {piece}");
    }

    private static void CheckPlace(string place, string quoted)
    {
        var text = $"apiVersion: triggers.gitops/v1\nkind: ScheduledTrigger\n{place.Replace("%", quoted, StringComparison.Ordinal)}\n";

        Fastest.IsBelow(Limit, () => Repository.Read(text), $"{place} with {quoted[..6]}…");
    }

    private static IEnumerable<string> Texts() => Pieces.Select(piece => string.Concat(Enumerable.Repeat(piece, Length / piece.Length)) + "!");
}
