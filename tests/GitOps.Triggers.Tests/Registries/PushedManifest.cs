using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using GitOps.Triggers.Domain;

namespace GitOps.Triggers.Tests.Registries;

/// <summary>Puts an image without layers into a real registry, by the distribution specification.</summary>
internal static class PushedManifest
{
    private const string Manifest = "application/vnd.oci.image.manifest.v1+json";

    public static async Task<ImageReference> PushAsync(string host, string path, AuthenticationHeaderValue? login, CancellationToken ct)
    {
        using var http = new HttpClient { BaseAddress = new Uri($"http://{host}/v2/{path}/") };
        http.DefaultRequestHeaders.Authorization = login;
        var config = "{}"u8.ToArray();
        using var begun = (await http.PostAsync("blobs/uploads/", null, ct)).EnsureSuccessStatusCode();
        var upload = new Uri(http.BaseAddress, begun.Headers.Location!);
        var content = new ByteArrayContent(config) { Headers = { ContentType = new("application/octet-stream") } };
        using var stored = (await http.PutAsync($"{upload}{(upload.Query.Length > 0 ? "&" : "?")}digest={DigestOf(config)}", content, ct)).EnsureSuccessStatusCode();
        var manifest = Encoding.UTF8.GetBytes($$"""{"schemaVersion":2,"mediaType":"{{Manifest}}","config":{"mediaType":"application/vnd.oci.image.config.v1+json","digest":"{{DigestOf(config)}}","size":2},"layers":[]}""");
        using var put = (await http.PutAsync($"manifests/{DigestOf(manifest)}", new ByteArrayContent(manifest) { Headers = { ContentType = new(Manifest) } }, ct)).EnsureSuccessStatusCode();
        return ImageReference.Parse($"{host}/{path}@{DigestOf(manifest)}");
    }

    private static string DigestOf(byte[] content) => $"sha256:{Convert.ToHexStringLower(SHA256.HashData(content))}";
}
