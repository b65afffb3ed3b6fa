using GitOps.Triggers.Domain;
using GitOps.Triggers.Sources;
using GitOps.Triggers.Tests.Support;
using Xunit;

namespace GitOps.Triggers.Tests.Sources;

public sealed class LocalBasesSpecs
{
    [Theory]
    [InlineData("FROM localhost/tools:1", 1, "localhost/tools:1")]
    [InlineData("# a comment\nFROM --platform=linux/amd64 localhost/tools AS base", 2, "localhost/tools")]
    [InlineData("ARG BASE=localhost/tools:1\nFROM $BASE", 2, "localhost/tools:1")]
    [InlineData("ARG HOST=localhost NAME=\"tools\"\nARG BASE=${HOST}/$NAME\nFROM ${BASE}:${TAG:-2}", 3, "localhost/tools:2")]
    [InlineData("FROM localhost/tools AS base\nFROM base", 1, "localhost/tools")]
    [InlineData("FROM python AS one\nFROM localhost/tools AS two\nFROM python\nCOPY --chown=1 --from=Two /a /a", 2, "localhost/tools")]
    [InlineData("FROM localhost/tools\nFROM python\nCOPY --from=0 /a /a", 1, "localhost/tools")]
    [InlineData("FROM python\nCOPY --from=localhost/tools /a /a", 2, "localhost/tools")]
    [InlineData("FROM python\nRUN --network=none --mount=type=bind,from=localhost/tools,target=/t make", 2, "localhost/tools")]
    public void A_base_that_only_this_machine_has_is_found_on_its_line(string dockerfile, int line, string image) =>
        Assert.Equal(new LocalBase(line, image), Find(dockerfile));

    [Theory]
    [InlineData("FROM python")]
    [InlineData("FROM localhost:5000/tools")] // A registry.
    [InlineData("FROM localhost.example.com/tools")]
    [InlineData("ARG BASE\nFROM ${BASE:-python}")]
    [InlineData("FROM python\nARG BASE=localhost/tools\nFROM python:$BASE")] // Not known to FROM lines.
    [InlineData("FROM localhost/tools AS unused\nFROM python")]
    [InlineData("FROM python\nRUN make --from=localhost/tools")]
    [InlineData("FROM python AS localhost/x")]
    public void A_base_that_a_registry_can_have_or_that_is_not_needed_is_none(string dockerfile) => Assert.Null(Find(dockerfile));

    [Fact]
    public void Arguments_of_the_build_have_precedence_over_the_defaults_in_the_Dockerfile()
    {
        const string Dockerfile = "ARG BASE=python\nFROM $BASE";

        Assert.Equal("localhost/tools", Find(Dockerfile, args: new() { ["BASE"] = "localhost/tools" })?.Image);
        Assert.Null(Find("ARG BASE=localhost/tools\nFROM $BASE", args: new() { ["BASE"] = "python" }));
    }

    [Fact]
    public void Only_what_the_target_needs_is_looked_at()
    {
        const string Dockerfile = "FROM python AS small\nFROM localhost/tools AS large";

        Assert.Null(Find(Dockerfile, "small"));
        Assert.Equal(2, Find(Dockerfile, "large")?.Line);
    }

    [Fact]
    public void Arguments_that_double_from_line_to_line_take_no_memory()
    {
        var doubling = string.Join('\n', Enumerable.Range(1, 200).Select(i => $"ARG A{i}=$A{i - 1}$A{i - 1}"));

        Assert.Null(Find($"ARG A0=xxxxxxxxxxxxxxxx\n{doubling}\nFROM $A200$A200"));
    }

    [Fact]
    public async Task The_inputs_of_a_build_tell_it()
    {
        using var host = new SourcesHost();
        using var repository = await GitRepository.CreateAsync();
        await repository.CommitAsync("Dockerfile", "ARG BASE=python\nFROM $BASE\nUSER 65532:65532\n");
        var spec = new BuildSpec { Context = "", Dockerfile = "Dockerfile", Args = new Dictionary<string, string> { ["BASE"] = "localhost/tools" } };

        Assert.Equal(new LocalBase(2, "localhost/tools"), (await host.InputsAsync(repository, spec)).LocalBase);
        Assert.Null((await host.InputsAsync(repository)).LocalBase);
    }

    private static LocalBase? Find(string dockerfile, string? target = null, Dictionary<string, string>? args = null) =>
        LocalBases.Find(new BuildSpec { Context = "", Dockerfile = "Dockerfile", Target = target, Args = args ?? [] }, Dockerfile.Parse(dockerfile));
}
