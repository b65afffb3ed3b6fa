using CliWrap;
using CliWrap.Buffered;
using Xunit;

namespace GitOps.Triggers.Tests.Support;

/// <summary>The container engine of this machine: what CONTAINER_ENGINE names, else podman.</summary>
internal static class ContainerEngine
{
    private static readonly Lazy<Task<string?>> Problem = new(FindProblemAsync);

    public static string Name { get; } =
        Environment.GetEnvironmentVariable("CONTAINER_ENGINE") is { Length: > 0 } name ? name : "podman";

    /// <summary>Skips the running test, with the reason, where no container engine answers.</summary>
    public static async Task SkipUnlessAvailableAsync() =>
        Assert.SkipUnless(await IsAvailableAsync(), await Problem.Value ?? "");

    public static async Task<bool> IsAvailableAsync() => await Problem.Value is null;

    /// <summary>Never throws for an exit code: it is a part of the result.</summary>
    public static async Task<BufferedCommandResult> RunAsync(
        IEnumerable<string> arguments, CancellationToken cancellationToken) =>
        await CliWrap.Cli.Wrap(Name)
            .WithArguments(arguments)
            .WithValidation(CommandResultValidation.None)
            .ExecuteBufferedAsync(cancellationToken);

    private static async Task<string?> FindProblemAsync()
    {
        try
        {
            var info = await RunAsync(["info"], CancellationToken.None);
            return info.IsSuccess ? null : $"the container engine {Name} does not work: {info.StandardError.Trim()}";
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return $"there is no container engine: {Name} is not installed (CONTAINER_ENGINE may name another)";
        }
    }
}
