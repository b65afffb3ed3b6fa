using GitOps.Triggers.Containers;
using GitOps.Triggers.Domain;

namespace GitOps.Triggers.Builds;

/// <summary>
/// Brings a built image to where it is deployed from: the registry, or this machine's store where none is set. The engine pushes, with its own login, and
/// never a build: a Dockerfile's step can read whatever its builder can.
/// </summary>
internal sealed class ImagePublisher(ContainerEngine engine, Limits limits)
{
    /// <exception cref="ContainerException">It could not be pushed, or not within the time that a build has: a push has as long again, of its own.</exception>
    public async Task<ImageReference> PublishAsync(ImageDigest id, ImageNames names, BuildTranscript transcript, CancellationToken ct)
    {
        if (names.RegistryTag is not { } destination)
            return new ImageReference { Digest = id };
        transcript.Note($"pushing {destination}");
        var digest = await PushAsync(id, destination, ct).ConfigureAwait(false);
        await ForgetAsync(engine.IsPodman ? [names.Local] : [names.Local, destination], transcript, ct).ConfigureAwait(false);
        return new ImageReference { Digest = digest, Repository = names.RegistryRepository };
    }

    private async Task<ImageDigest> PushAsync(ImageDigest id, string destination, CancellationToken ct)
    {
        using var patience = new CancellationTokenSource(limits.BuildTimeout, engine.Command.Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(ct, patience.Token);
        try
        {
            return await engine.PushAsync(id.Value, destination, either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (patience.IsCancellationRequested && !ct.IsCancellationRequested)
        {
            throw new ContainerException(ContainerFailureKind.Network, $"The image was built, but was not pushed to {destination} within {Duration.Format(limits.BuildTimeout)}.");
        }
    }

    /// <summary>The registry has it; the store of a machine that only builds would grow without end.</summary>
    private async Task ForgetAsync(IReadOnlyList<string> names, BuildTranscript transcript, CancellationToken ct)
    {
        try
        {
            foreach (var name in names)
                await engine.RemoveImageAsync(name, ct).ConfigureAwait(false);
        }
        catch (ContainerException e)
        {
            transcript.Note($"The image stays in this machine's store as well: {e.Message}");
        }
    }
}
