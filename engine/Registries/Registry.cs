using System.Net;
using GitOps.Triggers.Domain;

namespace GitOps.Triggers.Registries;

/// <summary>One registry, asked by the API of the distribution specification. Source: https://github.com/opencontainers/distribution-spec/blob/main/spec.md.</summary>
internal sealed class Registry(RegistryAddress address, RegistryConnection connection, Admission admission, RegistryFailures failures) : IDisposable
{
    private const string DigestHeader = "Docker-Content-Digest";
    private const string VersionHeader = "Docker-Distribution-Api-Version";

    /// <summary>Every form in which an image may be kept: a registry may refuse to show one that was not asked for.</summary>
    private static readonly IReadOnlyList<string> Manifests =
    [
        "application/vnd.oci.image.manifest.v1+json", "application/vnd.oci.image.index.v1+json",
        "application/vnd.docker.distribution.manifest.v2+json", "application/vnd.docker.distribution.manifest.list.v2+json",
    ];

    /// <param name="repository">The path of the image at this registry.</param>
    /// <param name="digest">The manifest's.</param>
    /// <param name="ct">Ends the question.</param>
    /// <exception cref="RegistryException">It could not be asked.</exception>
    public Task<bool> HasAsync(string repository, ImageDigest digest, CancellationToken ct) => GuardedAsync(
        async () =>
        {
            var manifest = new Uri($"{address.Api}{repository}/manifests/{digest}");
            var (head, shown) = await AskAsync(HttpMethod.Head, manifest, Manifests, repository, ct);
            using (head)
            {
                return head.StatusCode is HttpStatusCode.NotFound or HttpStatusCode.MethodNotAllowed
                    ? await LookCloserAsync(manifest, repository, digest, ct)
                    : IsManifest(head, digest) ? true : throw await OtherwiseAsync(head, shown, ct);
            }
        },
        ct);

    /// <summary>Looks whether it is there and lets the engine in. Whether it may read a certain repository, only a question for one can tell.</summary>
    /// <returns>Where the credentials come from that it accepted; none when it asks for none.</returns>
    /// <exception cref="RegistryException">It could not be asked.</exception>
    public Task<string?> GreetAsync(CancellationToken ct) => GuardedAsync(
        async () =>
        {
            var (answer, shown) = await AskAsync(HttpMethod.Get, address.Api, [], "", ct);
            using (answer)
                return answer.StatusCode == HttpStatusCode.OK ? shown?.Origin : throw await OtherwiseAsync(answer, shown, ct);
        },
        ct);

    public void Dispose() => connection.Dispose();

    /// <summary>Whoever is no registry says 404 as well, and only a registry says it in words that are its own; an answer to HEAD has none.</summary>
    private async Task<bool> LookCloserAsync(Uri manifest, string repository, ImageDigest digest, CancellationToken ct)
    {
        var (answer, shown) = await AskAsync(HttpMethod.Get, manifest, Manifests, repository, ct);
        using (answer)
        {
            if (IsManifest(answer, digest))
                return true;
            return answer.StatusCode == HttpStatusCode.NotFound && await IsRegistrysAsync(answer, ct) ? false : throw await OtherwiseAsync(answer, shown, ct);
        }
    }

    private async Task<(HttpResponseMessage Answer, RegistryCredentials? Shown)> AskAsync(HttpMethod method, Uri question, IReadOnlyList<string> accept, string repository, CancellationToken ct)
    {
        var known = admission.Known(repository);
        var answer = await connection.AskAsync(method, question, known?.Header, accept, ct);
        // What another server asks for, to which the registry sent us on, is not for it.
        if (answer.StatusCode != HttpStatusCode.Unauthorized || !RegistryAddress.IsSameServer(address.Api, answer.RequestMessage!.RequestUri!))
            return (answer, known?.Shown);
        admission.Forget(repository);
        using (answer)
        {
            var admitted = await admission.AnswerAsync(answer.Headers.WwwAuthenticate, repository, ct);
            return (await connection.AskAsync(method, question, admitted.Header, accept, ct), admitted.Shown);
        }
    }

    private async Task<T> GuardedAsync<T>(Func<Task<T>> ask, CancellationToken ct)
    {
        try
        {
            return await ask();
        }
        catch (Exception thrown) when (RegistryFailures.IsFailure(thrown, ct))
        {
            throw failures.Of(thrown, "it");
        }
    }

    private Task<RegistryException> OtherwiseAsync(HttpResponseMessage answer, RegistryCredentials? shown, CancellationToken ct)
    {
        var server = answer.RequestMessage!.RequestUri!;
        return failures.OfAsync(answer, RegistryAddress.IsSameServer(address.Api, server) ? "it" : $"{server.Authority}, to which it sends the engine on,", shown, ct);
    }

    /// <summary>A page that somebody shows in a registry's place is none, whatever its status.</summary>
    private static bool IsManifest(HttpResponseMessage answer, ImageDigest digest) => answer.StatusCode == HttpStatusCode.OK && (answer.Headers.TryGetValues(DigestHeader, out var values)
        ? values.Contains(digest.Value, StringComparer.Ordinal)
        : Manifests.Contains(answer.Content.Headers.ContentType?.MediaType, StringComparer.OrdinalIgnoreCase));

    private static async Task<bool> IsRegistrysAsync(HttpResponseMessage answer, CancellationToken ct) =>
        answer.Headers.Contains(VersionHeader) || RegistryErrors.AreIn(await answer.Content.ReadAsStringAsync(ct));
}
