using GitOps.Triggers.Rendering;
using Xunit;

namespace GitOps.Triggers.Tests.Rendering;

public sealed class RenderCaseSpecs
{
    public static TheoryData<string, string> Cases => [.. RenderCases.All];

    /// <summary>With <c>UPDATE_FIXTURES=1</c> it writes what it got there instead of comparing, and the change is reviewed as a diff.</summary>
    [Theory, MemberData(nameof(Cases))]
    public void A_manifest_becomes_the_cron_job_beside_it(string name, string environment)
    {
        var expected = Path.Combine(RenderCases.Folder, name, environment + ".yaml");

        var actual = RenderedYaml.Write(CronJobRenderer.Render(RenderCases.Input(name, environment)));

        if (Environment.GetEnvironmentVariable("UPDATE_FIXTURES") == "1")
            File.WriteAllText(expected, actual);
        Assert.Equal(File.ReadAllText(expected), actual);
    }

    [Theory, MemberData(nameof(Cases))]
    public void What_is_stored_is_read_back_as_it_was(string name, string environment)
    {
        var job = CronJobRenderer.Render(RenderCases.Input(name, environment));

        var again = RenderedYaml.Read(RenderedYaml.Write(job));

        Assert.Equal(RenderedYaml.Write(job), RenderedYaml.Write(again));
        Assert.Equal(
            job.Spec.JobTemplate.Spec.Template.Spec.Containers[0].Env.Select(variable => (variable.Name, variable.Value)),
            again.Spec.JobTemplate.Spec.Template.Spec.Containers[0].Env.Select(variable => (variable.Name, variable.Value)));
    }

    [Fact]
    public void Every_fixture_is_read()
    {
        var read = RenderCases.All.Select(fixture => Path.Combine(fixture.Case, fixture.Environment + ".yaml"))
            .Concat(RenderCases.All.Select(fixture => Path.Combine(fixture.Case, "trigger.yaml"))).Distinct();
        var there = Directory.GetFiles(RenderCases.Folder, "*", SearchOption.AllDirectories).Select(path => Path.GetRelativePath(RenderCases.Folder, path));

        Assert.Equivalent(read, there, strict: true);
    }
}
