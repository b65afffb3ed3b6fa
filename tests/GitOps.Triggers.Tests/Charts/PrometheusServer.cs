using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using GitOps.Triggers.Tests.EndToEnd;
using GitOps.Triggers.Tests.Support;
using Xunit;

namespace GitOps.Triggers.Tests.Charts;

/// <summary>A real Prometheus, which reads one engine each second and knows the chart's alerts.</summary>
internal sealed class PrometheusServer : IAsyncDisposable
{
    private readonly HttpClient http;
    private readonly Process process;

    private PrometheusServer(Process process, int port) => (this.process, http) = (process, new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port}/api/v1/") });

    /// <summary>Skips the test where there is none.</summary>
    public static async Task<PrometheusServer> StartAsync(TempFolder folder, int enginePort, CancellationToken ct)
    {
        var port = EngineProcess.FreePort();
        var configuration = folder.Write("prometheus.yml", $$"""
            global: { scrape_interval: 1s, evaluation_interval: 1s }
            rule_files: [ "{{Path.Combine(Helm.Chart, "files", "alerts.yaml")}}" ]
            scrape_configs:
              - job_name: engine
                static_configs: [ { targets: [ "127.0.0.1:{{enginePort}}" ] } ]
            """);
        var start = new ProcessStartInfo("prometheus") { RedirectStandardError = true, RedirectStandardOutput = true };
        foreach (var argument in (string[])[$"--config.file={configuration}", $"--storage.tsdb.path={folder["prometheus"]}", $"--web.listen-address=127.0.0.1:{port}", "--log.level=error"])
            start.ArgumentList.Add(argument);
        PrometheusServer server;
        try
        {
            server = new PrometheusServer(Process.Start(start)!, port);
        }
        catch (System.ComponentModel.Win32Exception)
        {
            Assert.Skip("There is no Prometheus on this machine: install the package prometheus.");
            throw;
        }
        server.process.BeginErrorReadLine();
        server.process.BeginOutputReadLine();
        await Eventually.HoldsAsync("Prometheus has read the engine", async () => (await server.QueryAsync("up", ct)).Any(sample => sample.Value > 0));
        return server;
    }

    /// <returns>What a query answers now.</returns>
    public async Task<IReadOnlyList<Sample>> QueryAsync(string query, CancellationToken ct)
    {
        JsonNode answer;
        try
        {
            using var response = await http.GetAsync(new Uri("query?query=" + Uri.EscapeDataString(query), UriKind.Relative), ct);
            // It is still reading its own data.
            if (response.StatusCode == HttpStatusCode.ServiceUnavailable)
                return [];
            answer = JsonNode.Parse(await response.Content.ReadAsStringAsync(ct))!;
        }
        catch (HttpRequestException)
        {
            return [];
        }
        Assert.True((string?)answer["status"] == "success", $"{query}: {(string?)answer["error"]}");
        return (string?)answer["data"]!["resultType"] == "vector" ? [.. answer["data"]!["result"]!.AsArray().Select(Sample.Of)] : [];
    }

    /// <returns>The alerts that are told, each with its labels.</returns>
    public async Task<IReadOnlyList<JsonNode>> AlertsAsync(CancellationToken ct) =>
        [.. JsonNode.Parse(await http.GetStringAsync(new Uri("alerts", UriKind.Relative), ct))!["data"]!["alerts"]!.AsArray().Select(alert => alert!)];

    public async Task<IReadOnlyList<JsonNode>> RulesAsync(CancellationToken ct) =>
        [.. JsonNode.Parse(await http.GetStringAsync(new Uri("rules", UriKind.Relative), ct))!["data"]!["groups"]!.AsArray().SelectMany(group => group!["rules"]!.AsArray()).Select(rule => rule!)];

    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited)
            process.Kill();
        await process.WaitForExitAsync();
        process.Dispose();
        http.Dispose();
    }

    internal sealed record Sample(string Labels, double Value)
    {
        public static Sample Of(JsonNode? node) => new(
            string.Join(", ", node!["metric"]!.AsObject().Where(label => label.Key is not ("__name__" or "instance" or "job")).Select(label => (string)label.Value!)),
            double.Parse((string)node["value"]![1]!, CultureInfo.InvariantCulture));
    }
}
