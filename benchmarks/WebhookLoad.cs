using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using CliWrap.Buffered;

namespace GitOps.Triggers.Benchmarks;

/// <summary>Sends the same signed push over 16 connections for some seconds, each with a delivery id of its own, by <c>wrk</c>.</summary>
/// <param name="body">The file of the payload.</param>
/// <param name="secret">What signs it.</param>
internal sealed class WebhookLoad(string body, byte[] secret)
{
    private const int Connections = 16;

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    private readonly string signature = "sha256=" + Convert.ToHexStringLower(HMACSHA256.HashData(secret, File.ReadAllBytes(body)));

    /// <exception cref="InvalidOperationException">A request was refused, or got no answer.</exception>
    public async Task<LoadFigures> RunAsync(Uri server, int seconds)
    {
        var url = new Uri(server, "/api/github/webhooks").ToString();
        var result = await CliWrap.Cli.Wrap("wrk")
            .WithArguments(["-t", "1", "-c", Number(Connections), "-d", $"{Number(seconds)}s", "-s", Peers.File("push.lua"), url, "--", body, signature])
            .ExecuteBufferedAsync();
        var figures = JsonSerializer.Deserialize<LoadFigures>(result.StandardOutput.Trim().Split('\n')[^1], Json)!;
        return figures is { Refused: 0, Broken: 0, Requests: > 0 } ? figures : throw new InvalidOperationException($"{server} did not take all of its load: {figures}");
    }

    private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);
}
