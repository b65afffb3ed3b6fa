using System.Diagnostics;
using System.Text;
using CsCheck;
using GitOps.Triggers.Domain;
using GitOps.Triggers.Manifests;
using Xunit;

namespace GitOps.Triggers.Tests.Manifests;

/// <summary>Whatever a file holds, it is read or refused: nothing throws, nothing hangs, and what is refused has a finding.</summary>
public sealed class ArbitraryFilesSpecs
{
    /// <summary>Finds what never ends; how fast hostile files are refused is measured elsewhere, one by one.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(30);

    private static readonly string[] Valid =
    [
        File.ReadAllText(Path.Combine(Fixtures.Here, "cases", "the-documented-example", "issue-summary", "trigger.yaml")),
        File.ReadAllText(Path.Combine(Fixtures.Here, "cases", "eight-mistakes", "issue-summary", "trigger.yaml")),
        File.ReadAllText(Path.Combine(Fixtures.Here, "engine-cases", "the-documented-example", "engine.yaml")),
    ];

    private static readonly string[] Pieces =
    [
        ": ", "- ", "[", "]", "{", "}", ",", "\n", "\n  ", "\t", "\"", "'", "|\n", ">-\n", "#", "&a ", "*a", "!t ", "? ", "---\n", "...\n", "%YAML 1.2\n", "<<: ", "@", "`",
        "\\x", "\0", "\u2028", "é", "🚀", "null", "~", "true", "0x1F", ".inf", "1e999", "99999999999999999999", "x-", "TRIGGER_", "../", "/proc/", "H(0-5)", "*/0", "\r", "\uFEFF",
    ];

    private static readonly Gen<string> Mutated =
        from text in Gen.OneOf(Valid)
        from edits in Gen.Select(Gen.Int[0, 3], Gen.Int[0, text.Length], Gen.Int[0, 40], Gen.OneOf(Pieces)).Array[1, 6]
        select edits.Aggregate(text, (current, edit) => Edit(current, edit.Item1, edit.Item2, edit.Item3, edit.Item4));

    [Fact]
    public void Any_bytes_are_read_or_refused() =>
        CheckAll(Gen.Byte.Array[0, 300], 3_000);

    [Fact]
    public void Any_pieces_of_YAML_are_read_or_refused() =>
        CheckAll(Gen.OneOf<string>([.. Pieces, "a", "b", "run", "dev", " "]).Array[0, 60].Select(pieces => Encoding.UTF8.GetBytes(string.Concat(pieces))), 3_000);

    [Fact]
    public void Any_change_to_a_file_is_read_or_refused() =>
        CheckAll(Mutated.Select(text => Encoding.UTF8.GetBytes(text)), 2_000);

    /// <summary>The same files each time: the generator's own loop would draw new ones.</summary>
    private static void CheckAll(Gen<byte[]> files, uint count)
    {
        for (var seed = 0u; seed < count; seed++)
        {
            var file = files.Generate(new PCG(seed), null, out _);
            Assert.True(IsReadOrRefused(file), $"File {seed}:\n{Encoding.UTF8.GetString(file)}");
            // A machine that stood still for a moment is no fault of the file's: what never ends does not end the second time either.
            Assert.True(Took(file) < Longest || Took(file) < Longest, $"File {seed} takes longer than {Longest.TotalSeconds} s:\n{Encoding.UTF8.GetString(file)}");
        }
    }

    private static TimeSpan Took(byte[] bytes)
    {
        var watch = Stopwatch.StartNew();
        IsReadOrRefused(bytes);
        return watch.Elapsed;
    }

    private static bool IsReadOrRefused(byte[] bytes)
    {
        var manifest = Repository.Read(bytes);
        var configuration = EngineConfigurationReader.Read("/etc/triggers/engine.yaml", bytes, _ => "content");
        return (manifest.Manifest is not null) == manifest.Findings.All(finding => finding.Severity == Severity.Warning)
            && (configuration.Configuration is not null) == configuration.Findings.All(finding => finding.Severity == Severity.Warning)
            && manifest.Findings.Concat(configuration.Findings).All(finding => finding.Message.Length is > 0 and < 1_000 && finding.Fix.Length > 0 && !finding.ToString().Any(char.IsControl));
    }

    private static string Edit(string text, int kind, int at, int length, string piece)
    {
        at = Math.Min(at, text.Length);
        var end = Math.Min(at + length, text.Length);
        return kind switch
        {
            0 => text[..at] + piece + text[at..],
            1 => text[..at] + text[end..],
            2 => text[..at] + piece + text[end..],
            _ => text[..end] + text[at..end] + text[end..],
        };
    }
}
