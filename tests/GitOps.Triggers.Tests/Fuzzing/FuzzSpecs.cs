using Xunit;

namespace GitOps.Triggers.Tests.Fuzzing;

/// <summary>All that others write and the engine reads. How long: see CONTRIBUTING.md.</summary>
public sealed class FuzzSpecs(ITestOutputHelper output)
{
    public static TheoryData<string> Targets => [.. FuzzTargets.Names.Where(FuzzRun.IsWanted)];

    public static TheoryData<string, string> Kept => [.. Corpus.All];

    [Theory, MemberData(nameof(Targets))]
    [Threat(2, 17, 28)]
    public void Whatever_is_read_every_promise_of_its_reader_holds(string name)
    {
        using var target = FuzzTargets.Make(name);

        FuzzRun.Run(target, output);
    }

    [Theory, MemberData(nameof(Kept))]
    public void What_is_kept_breaks_no_promise_of_its_reader(string name, string file)
    {
        using var target = FuzzTargets.Make(name);

        FuzzRun.CheckInTime(target, Corpus.Read(name, file));
    }
}
