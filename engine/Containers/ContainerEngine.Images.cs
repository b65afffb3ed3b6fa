using System.Text.RegularExpressions;
using GitOps.Triggers.Domain;

namespace GitOps.Triggers.Containers;

/// <summary>
/// Images. Names are always whole (with their registry), so that no short name is looked up somewhere unexpected. Only what waits for a registry takes as long
/// as its caller lets it.
/// </summary>
internal sealed partial class ContainerEngine
{
    private const string PlainHttp = "--tls-verify=false";

    /// <summary>An image of many gigabytes is unpacked meanwhile, on a disk that others write to.</summary>
    private static readonly TimeSpan LongestLoading = TimeSpan.FromMinutes(15);

    /// <summary>An image of this machine's store by name, id or digest; none when it is not there.</summary>
    /// <exception cref="ContainerException">The engine does not answer.</exception>
    public async Task<ImageDetails?> FindImageAsync(string image, CancellationToken ct)
    {
        string[] arguments = ["image", "inspect", "--", image];
        var outcome = await AskAsync(arguments, ct).ConfigureAwait(false);
        if (outcome.Succeeded)
            return ImageDetails.Parse(outcome.Output);
        return outcome.FailureKind == ContainerFailureKind.NotFound ? null : throw Command.Failure(arguments, outcome);
    }

    /// <summary>Whether this machine's store has every one of these images, by name, id or digest.</summary>
    /// <exception cref="ContainerException">The engine does not answer.</exception>
    public async Task<bool> HasImagesAsync(IReadOnlyCollection<string> images, CancellationToken ct)
    {
        string[] arguments = ["image", "inspect", "--format", "{{.Id}}", "--", .. images];
        var outcome = await AskAsync(arguments, ct).ConfigureAwait(false);
        if (outcome.Succeeded)
            return true;
        return outcome.FailureKind == ContainerFailureKind.NotFound ? false : throw Command.Failure(arguments, outcome);
    }

    /// <exception cref="ContainerException">The registry does not answer, does not hold it, or refuses.</exception>
    public Task PullAsync(string image, CancellationToken ct) =>
        Command.RunAsync(["pull", "--quiet", .. Insecure(image), "--", image], ct);

    /// <summary>Loads a docker archive, with the names that stand in it. Only archives whose names were checked: a name may hide another's image.</summary>
    /// <exception cref="ContainerException">It is no such archive, there is no room, or the engine does not answer.</exception>
    public async Task<ImageDigest> LoadAsync(string archive, CancellationToken ct)
    {
        const string Loaded = "Loaded image";
        var output = await CallAsync(["load", "--quiet", "--input", archive], LongestLoading, ct).ConfigureAwait(false);
        var line = output.Split('\n').LastOrDefault(line => line.StartsWith(Loaded, StringComparison.Ordinal)) ?? "";
        var name = line[(line.IndexOf(": ", StringComparison.Ordinal) + 2)..];
        return (await FindImageAsync(name, ct).ConfigureAwait(false))?.Id
            ?? throw new ContainerException(ContainerFailureKind.Other, $"'{Name} load' took the archive but does not know the image ({Shown.Text(output)}).");
    }

    /// <summary>Makes an image of a tar file's content, as its only layer.</summary>
    /// <exception cref="ContainerException">It could not be stored.</exception>
    public Task ImportAsync(string archive, string name, CancellationToken ct) => CallAsync(["import", archive, name], LongestLoading, ct);

    /// <exception cref="ContainerException">There is no such image, or the engine does not answer.</exception>
    public Task TagAsync(string image, string name, CancellationToken ct) => CallAsync(["tag", "--", image, name], Patience.Usual, ct);

    /// <summary>Pushes an image under a registry's name with a tag. Returns the digest of the manifest that the registry then holds.</summary>
    /// <exception cref="ContainerException">The registry does not answer or refuses.</exception>
    public async Task<ImageDigest> PushAsync(string image, string destination, CancellationToken ct) => IsPodman
        ? await PushByPodmanAsync(image, destination, ct).ConfigureAwait(false)
        : await PushByDockerAsync(image, destination, ct).ConfigureAwait(false);

    /// <summary>Takes a name off its image, and the image away with its last name. Nothing happens when there is none.</summary>
    /// <exception cref="ContainerException">A container uses the image, or the engine does not answer.</exception>
    public async Task RemoveImageAsync(string image, CancellationToken ct)
    {
        string[] arguments = ["rmi", "--", image];
        var outcome = await AskAsync(arguments, ct).ConfigureAwait(false);
        if (!outcome.Succeeded && outcome.FailureKind != ContainerFailureKind.NotFound)
            throw Command.Failure(arguments, outcome);
    }

    private Task<CommandOutcome> AskAsync(string[] arguments, CancellationToken ct) =>
        Patience.WithinAsync(Patience.Usual, Command.Time, asked => Command.TryAsync(arguments, asked), ct);

    private Task<string> CallAsync(string[] arguments, TimeSpan most, CancellationToken ct) =>
        Patience.WithinAsync(most, Command.Time, asked => Command.RunAsync(arguments, asked), ct);

    private async Task<ImageDigest> PushByPodmanAsync(string image, string destination, CancellationToken ct)
    {
        var file = Path.GetTempFileName();
        try
        {
            await Command.RunAsync(["push", "--quiet", .. Insecure(destination), "--digestfile", file, "--", image, destination], ct).ConfigureAwait(false);
            return ImageDigest.Parse((await File.ReadAllTextAsync(file, ct).ConfigureAwait(false)).Trim());
        }
        finally
        {
            File.Delete(file);
        }
    }

    private async Task<ImageDigest> PushByDockerAsync(string image, string destination, CancellationToken ct)
    {
        await TagAsync(image, destination, ct).ConfigureAwait(false);
        var output = await Command.RunAsync(["push", "--", destination], ct).ConfigureAwait(false);
        // The image itself remembers every digest under which it was ever pushed; only the output says which one it was now.
        return PushedDigest().Matches(output).LastOrDefault() is { } pushed
            ? ImageDigest.Parse(pushed.Groups["digest"].Value)
            : throw new ContainerException(ContainerFailureKind.Other, $"docker pushed {destination} but does not say under which digest ({Shown.Text(output)}).");
    }

    /// <summary>Podman's flag; docker knows by itself.</summary>
    private string[] Insecure(string image) => IsPodman && IsPlain(image) ? [PlainHttp] : [];

    private bool IsPlain(string image) => Loopback.IsRegistryOf(image) || (PlainHttpRegistry is { } host && image.StartsWith($"{host}/", StringComparison.Ordinal));

    [GeneratedRegex(@": digest: (?<digest>sha256:[0-9a-f]{64}) size: ", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant)]
    private static partial Regex PushedDigest();
}
