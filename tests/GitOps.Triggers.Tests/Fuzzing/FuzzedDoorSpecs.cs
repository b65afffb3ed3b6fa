using System.Net;
using System.Text;
using CsCheck;
using GitOps.Triggers.Tests.EndToEnd;
using GitOps.Triggers.Tests.Support;
using GitOps.Triggers.Tests.Webhooks;
using GitOps.Triggers.Web;
using Xunit;

namespace GitOps.Triggers.Tests.Fuzzing;

/// <summary>The bodies of the fuzzer, signed and sent to an engine in a process of its own.</summary>
public sealed class FuzzedDoorSpecs(ITestOutputHelper output)
{
    /// <summary>Of a thousand executions.</summary>
    private const int Share = 1;

    private const int Batch = 500;

    [Fact]
    [Threat(2)]
    public async Task An_engine_answers_each_body_below_500_stores_what_it_took_and_lives()
    {
        using var folder = new TempFolder();
        await using var engine = new EngineProcess(folder, EngineProcess.DevOnly);
        await engine.StartAsync();
        var secret = await File.ReadAllTextAsync(folder["secrets/webhook"]);
        using var github = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{engine.Port}"), Timeout = TimeSpan.FromSeconds(60) };
        using var target = new WebhookBodyTarget();
        var executions = FuzzRun.Of(Share);
        var seed = new PCG((uint)Random.Shared.Next());
        output.WriteLine($"{executions} executions from the seed {seed}");

        for (var left = executions; left > 0; left -= Batch)
        {
            var before = DateTimeOffset.UtcNow;
            var accepted = 0;
            for (var i = 0; i < Math.Min(Batch, left); i++)
                accepted += await AcceptsAsync(github, target.Inputs.Generate(seed, null, out _), secret) ? 1 : 0;
            var stored = await engine.GetAsync<IReadOnlyList<DeliveryView>>($"deliveries?limit={2 * Batch}");
            Assert.Equal(accepted, stored.Count(delivery => delivery.ReceivedAt >= before));
        }

        Assert.False(engine.HasExited, engine.Log);
        Assert.Equal(HttpStatusCode.OK, (await github.GetAsync("/readyz")).StatusCode);
    }

    private static async Task<bool> AcceptsAsync(HttpClient github, byte[] input, string secret)
    {
        var end = Array.IndexOf(input, (byte)'\n');
        var name = Encoding.UTF8.GetString(input, 0, Math.Max(end, 0));
        // What no header can hold does not reach the engine.
        var delivery = SignedDelivery.Of("") with { Event = name.Any(c => c is < ' ' or > '~') ? "push" : name, Body = input[(end + 1)..], Secret = secret };
        using var request = delivery.Request();
        using var response = await github.SendAsync(request);
        Assert.True(response.StatusCode is HttpStatusCode.Accepted or HttpStatusCode.BadRequest, $"{(int)response.StatusCode} to {Convert.ToBase64String(input)}");
        return response.StatusCode is HttpStatusCode.Accepted;
    }
}
