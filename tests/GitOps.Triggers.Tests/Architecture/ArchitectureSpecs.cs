using GitOps.Triggers.Domain;
using GitOps.Triggers.Tests.Support;
using Xunit;

namespace GitOps.Triggers.Tests.Architecture;

public class ArchitectureSpecs
{
    [Fact]
    public void No_folder_uses_another_that_the_table_of_ARCHITECTURE_does_not_name()
    {
        var table = DependencyTable.Read();
        var broken = CompiledUses.Read(typeof(Finding).Assembly.Location)
            .Where(use => !table.TryGetValue(use.Key.From, out var allowed) || !allowed.Contains(use.Key.To))
            .Select(use => $"{use.Key.From} → {use.Key.To}: {use.Value}");

        Assert.Empty(broken);
    }

    [Fact]
    public void Every_folder_of_the_engine_is_in_the_table_and_every_row_is_a_folder()
    {
        var folders = Directory.GetDirectories(Source.File("engine")).Select(Path.GetFileName).Where(name => name is not ("bin" or "obj"));

        Assert.Equal(folders.Order(StringComparer.Ordinal), DependencyTable.Read().Keys.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void No_two_folders_use_each_other()
    {
        var uses = CompiledUses.Read(typeof(Finding).Assembly.Location).Keys.ToHashSet();

        Assert.DoesNotContain(uses, use => uses.Contains((use.To, use.From)));
    }

    [Fact]
    public void A_use_that_is_only_in_a_method_body_is_seen()
    {
        // Hosting starts everything, and names it in method bodies alone.
        var uses = CompiledUses.Read(typeof(Finding).Assembly.Location).Keys;

        Assert.Contains(("Hosting", "Pipeline"), uses);
    }

    [Fact]
    public void No_source_file_is_over_400_lines()
    {
        var tooLong = new[] { "engine", "tests" }
            .SelectMany(folder => Directory.EnumerateFiles(Source.File(folder), "*.cs", SearchOption.AllDirectories))
            .Where(file => !file.Contains("/obj/", StringComparison.Ordinal) && !file.Contains("/Migrations/", StringComparison.Ordinal))
            .Select(file => (file, Lines: File.ReadLines(file).Count()))
            .Where(one => one.Lines > 400);

        Assert.Empty(tooLong);
    }
}
