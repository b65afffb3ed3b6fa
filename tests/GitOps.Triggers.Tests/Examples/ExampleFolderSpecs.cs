using Xunit;

namespace GitOps.Triggers.Tests.Examples;

public sealed class ExampleFolderSpecs
{
    public static TheoryData<string> Examples =>
        [.. Directory.GetDirectories(ExampleFolder.All).Select(folder => Path.GetFileName(folder)).Order()];

    [Theory, MemberData(nameof(Examples))]
    public void An_editor_finds_the_schema_of_the_manifest(string example)
    {
        var first = File.ReadLines(Path.Combine(ExampleFolder.Of(example), "trigger.yaml")).First();

        Assert.Equal("# yaml-language-server: $schema=../../trigger.schema.json", first);
    }

    [Theory, MemberData(nameof(Examples))]
    public void I_can_replace_the_base_image_and_the_user_is_a_number_other_than_root(string example)
    {
        var lines = File.ReadAllLines(Path.Combine(ExampleFolder.Of(example), "Dockerfile"));

        Assert.StartsWith("ARG BASE=docker.io/library/", lines[0], StringComparison.Ordinal);
        Assert.Equal("FROM ${BASE}", lines[1]);
        Assert.Contains("USER 65532:65532", lines);
    }

    [Theory, MemberData(nameof(Examples))]
    public void Explaining_an_example_better_is_not_a_reason_to_build_it(string example)
    {
        var rules = File.ReadAllLines(Path.Combine(ExampleFolder.Of(example), ".dockerignore"))
            .Where(line => !line.StartsWith('#'))
            .ToList();

        Assert.Equal("*", rules[0]);
        Assert.All(rules.Skip(1), rule => Assert.StartsWith("!", rule, StringComparison.Ordinal));
        Assert.DoesNotContain("!README.md", rules);
        Assert.True(File.Exists(Path.Combine(ExampleFolder.Of(example), "README.md")));
    }
}
