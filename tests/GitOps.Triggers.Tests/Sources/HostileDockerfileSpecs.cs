using System.Diagnostics;
using GitOps.Triggers.Domain;
using GitOps.Triggers.Sources;
using Xunit;

namespace GitOps.Triggers.Tests.Sources;

/// <summary>Dockerfiles of the largest size that is read, made for whatever grows with the square of its length.</summary>
public sealed class HostileDockerfileSpecs(ITestOutputHelper output)
{
    private const int Longest = 256 << 10;

    /// <summary>Many times what it takes, and a small part of what a square takes: a busy machine does not matter.</summary>
    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(2);

    public static TheoryData<string> Kinds => [.. Files.Keys];

    private static readonly Dictionary<string, string> Files = new(StringComparer.Ordinal)
    {
        ["here-documents that never end"] = "FROM a\nRUN " + Repeat("<<A ", Longest / 2) + Repeat("\n", Longest / 2 - 20),
        ["here-documents that never end, one each line"] = "FROM a\n" + Numbered("RUN <<-E{0}\n"),
        ["steps that take files from images"] = "FROM a\n" + Repeat("COPY --from=b c d\n", Longest - 10),
        ["steps that take files from stages, which are many"] = Repeat("FROM a\n", Longest / 2) + Repeat("COPY --from=b c d\n", Longest / 2),
        ["stages built on each other"] = Numbered("FROM s{0} AS s{1}\n"),
        ["one flag with many mounts"] = "FROM a\nRUN " + Repeat("--from=a,--mount=", Longest - 20),
        ["one mount with many sources"] = "FROM a\nRUN --mount=" + Repeat("from=a,--mount=", Longest - 30),
        ["lines that go on"] = "FROM a\nRUN a\\\n" + Repeat("\\\n", Longest - 20),
        ["arguments in arguments"] = "ARG a=" + new string('x', 900) + "\n" + Repeat("ARG " + Repeat("b=$a ", 1_000) + "\n", Longest / 2) + Repeat("FROM " + Repeat("${a}", 1_000) + "\n", Longest / 2 - 2_000),
        ["directives"] = Repeat("#a=b\n", Longest),
        ["digits"] = "FROM a\nRUN " + Repeat(" 1111111111111111111111111111111<", Longest - 40),
    };

    [Theory]
    [Threat(18)]
    [MemberData(nameof(Kinds))]
    public void A_Dockerfile_is_read_in_time_that_grows_with_its_length(string kind)
    {
        var text = Files[kind];
        Assert.InRange(text.Length, Longest / 2, Longest);
        var spec = new BuildSpec { Context = "", Dockerfile = "Dockerfile" };
        var clock = Stopwatch.StartNew();

        var dockerfile = Dockerfile.Parse(text);
        DockerfileCheck.Run(spec, "trigger.yaml", dockerfile, mustSetUser: true);
        LocalBases.Find(spec, dockerfile);

        output.WriteLine($"{clock.ElapsedMilliseconds} ms");
        Assert.InRange(clock.Elapsed, TimeSpan.Zero, Bound);
    }

    private static string Repeat(string text, int length) => string.Concat(Enumerable.Repeat(text, length / text.Length));

    private static string Numbered(string format) => string.Concat(Enumerable.Range(0, Longest / (format.Length + 6)).Select(i => string.Format(System.Globalization.CultureInfo.InvariantCulture, format, i, i + 1)));
}
