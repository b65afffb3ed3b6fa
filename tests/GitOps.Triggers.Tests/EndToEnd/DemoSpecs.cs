using System.Text.RegularExpressions;
using CliWrap;
using CliWrap.Buffered;
using GitOps.Triggers.Containers;
using GitOps.Triggers.Tests.Support;
using Xunit;

namespace GitOps.Triggers.Tests.EndToEnd;

public class DemoSpecs
{
    [Fact]
    public async Task The_demo_ends_well_and_leaves_nothing_behind()
    {
        await Support.ContainerEngine.SkipUnlessAvailableAsync();
        using var folder = new TempFolder();

        var demo = await CliWrap.Cli.Wrap(Source.File("demo.sh")).WithArguments("--once")
            .WithEnvironmentVariables(variables => variables.Set("TMPDIR", folder.Path + "/"))
            .WithValidation(CommandResultValidation.None)
            .ExecuteBufferedAsync(TestContext.Current.CancellationToken);

        Assert.True(demo.ExitCode == 0, demo.StandardOutput + demo.StandardError);
        Assert.Contains("prod runs the image of dev", demo.StandardOutput, StringComparison.Ordinal);
        Assert.Contains("prod runs the first image again", demo.StandardOutput, StringComparison.Ordinal);
        Assert.Matches(@"trigger\.yaml:5:\d+: error: .*schedule", demo.StandardOutput);
        Assert.Contains("The good one runs on, with the image it had", demo.StandardOutput, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFileSystemEntries(folder.Path, "gitops-triggers*"));
        var data = Path.Combine(folder.Path, Regex.Match(demo.StandardOutput, @"its log: .*/(gitops-triggers-demo\.\w+)/engine\.log").Groups[1].Value, "data");
        Assert.Contains($"No container with the label {ContainerOwner.LabelOf(data)} is left", demo.StandardOutput, StringComparison.Ordinal);
        var processes = await CliWrap.Cli.Wrap("ps").WithArguments(["-eo", "args"]).ExecuteBufferedAsync();
        Assert.DoesNotContain(Path.Combine(folder.Path, "gitops-triggers"), processes.StandardOutput, StringComparison.Ordinal);
    }
}
