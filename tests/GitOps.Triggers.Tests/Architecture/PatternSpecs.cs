using System.Reflection;
using System.Text.RegularExpressions;
using GitOps.Triggers.Domain;
using GitOps.Triggers.Tests.Manifests;
using GitOps.Triggers.Tests.Support;
using Xunit;

namespace GitOps.Triggers.Tests.Architecture;

/// <summary>Every pattern that the engine searches a text with, found in the compiled program; none of them may go back and forth in it (threats 18).</summary>
public sealed partial class PatternSpecs
{
    private const int Length = 60_000;

    private static readonly TimeSpan Limit = TimeSpan.FromMilliseconds(100);

    private static readonly Dictionary<string, Regex> Found = Find();

    /// <summary>What builders, registries, terminals, Dockerfiles and schedules are made of, and what nearly is.</summary>
    private static readonly string[] Pieces =
    [
        "a", "0", "1 ", "-", ".", "/", " ", "\n", "\r\n", "\t", "\\", "\\\\", "\"", "\\\"", "'", "=", "a=", "a=\"", "a =\t", "a=\"b\\", ",", "a=b,", "$", "$$", "$(", "$a", "${a", "${a:-", "${a:+b}",
        "[", "]", "#1 [", "#1 [a] 1/", "#1 [1/1] RUN ", "#1 1.", "#1 1.1 ", "STEP 1/", "STEP 1/1: ", "STEP 1/1: RUN ", "INFO[", "INFO[1] RUN ", "time=\"", "time=\"\" level=", "--", " --a", "--a=b ",
        "exit status ", "exit status 1", "exit code: 1 ", "non-zero code: 999", "line ", "line 1", "line 1 ", "building at STEP \"", "building at STEP \"RUN\": ", "\": while running",
        "error running container: from /", " creating container for ", ": digest: ", ": digest: sha256:", ": digest: sha256:0", "sha256:", "<<", "<<A", " 1<<-\"A", "#a=", "# a = b ", "\u001b", "\u001b[",
        "\u001b[0", "\u001b]", "\u001bP", "\u009b0;", "é", "\ud83d\ude00", "GO", "_proxy", "A:", "a b", "1Gi",
    ];

    public static TheoryData<string> Names => [.. Found.Keys.Order(StringComparer.Ordinal)];

    [Fact]
    [Threat(18)]
    public void No_pattern_of_the_engine_goes_back_in_what_it_reads()
    {
        Assert.InRange(Found.Count, 20, 200);
        Assert.All(Found, pattern => Assert.True(pattern.Value.Options.HasFlag(RegexOptions.NonBacktracking), $"{pattern.Key} ({pattern.Value}) may backtrack: write it with RegexOptions.NonBacktracking"));
    }

    /// <summary>One that is made inside of a method is not found in the program, so there is none.</summary>
    [Fact]
    public void Every_pattern_of_the_engine_stands_where_it_is_found() =>
        Assert.All(Directory.EnumerateFiles(Source.File("engine"), "*.cs", SearchOption.AllDirectories).Where(file => !file.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal)), file =>
            Assert.DoesNotMatch(Hidden(), File.ReadAllText(file)));

    [Theory, MemberData(nameof(Names))]
    [Threat(18)]
    public void No_text_keeps_a_pattern_of_the_engine_busy(string name)
    {
        foreach (var piece in Pieces)
        {
            var text = string.Concat(Enumerable.Repeat(piece, Length / piece.Length));
            foreach (var hostile in (string[])[text + "!", "a=\"" + text, "building at STEP \"" + text, "#1 [" + text])
                Fastest.IsBelow(Limit, () => Found[name].Count(hostile), $"{Found[name]} on {piece.Length} characters ({piece}) again and again");
        }
    }

    private static Dictionary<string, Regex> Find()
    {
        const BindingFlags Any = BindingFlags.Static | BindingFlags.NonPublic | BindingFlags.Public | BindingFlags.DeclaredOnly;
        var types = typeof(Limits).Assembly.GetTypes().Where(type => !type.ContainsGenericParameters && typeof(Regex).IsAssignableFrom(type) == false).ToList();
        var fields = types.SelectMany(type => type.GetFields(Any)).Where(field => field.FieldType == typeof(Regex))
            .Select(field => (Name: $"{field.DeclaringType!.Name}.{field.Name}", Pattern: (Regex?)field.GetValue(null)));
        var methods = types.SelectMany(type => type.GetMethods(Any)).Where(method => method.ReturnType == typeof(Regex) && method.GetParameters().Length == 0)
            .Select(method => (Name: $"{method.DeclaringType!.Name}.{method.Name}", Pattern: (Regex?)method.Invoke(null, [])));
        return fields.Concat(methods).Where(one => one.Pattern is not null).ToDictionary(one => one.Name, one => one.Pattern!, StringComparer.Ordinal);
    }

    [GeneratedRegex(@"\bRegex\.(IsMatch|Match|Matches|Replace|Split|Count|EnumerateMatches)\(|(?<!Regex \w+ = )\bnew Regex\(")]
    private static partial Regex Hidden();
}
