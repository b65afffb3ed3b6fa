using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text;
using GitOps.Triggers.Domain;
using GitOps.Triggers.Tests.Support;
using GitOps.Triggers.Web;
using Xunit;

namespace GitOps.Triggers.Tests.EndToEnd;

/// <summary>A real engine in a process of its own, as an operator starts it.</summary>
internal sealed class EngineProcess : IAsyncDisposable
{
    private readonly TempFolder folder;
    private readonly HttpClient http = new() { Timeout = TimeSpan.FromSeconds(30) };
    private readonly StringBuilder log = new();
    private Process? process;

    public EngineProcess(TempFolder folder, string environments)
    {
        this.folder = folder;
        Port = FreePort();
        folder.Write("secrets/webhook", Convert.ToHexString(Guid.NewGuid().ToByteArray()));
        folder.Write("engine.yaml", $$"""
            data: ./data
            server: { url: "http://127.0.0.1:{{Port}}", listen: "http://127.0.0.1:{{Port}}" }
            environments:
            {{environments}}
            webhooks: { secretFiles: [ ./secrets/webhook ] }
            builder: { kind: local }
            resync: 10s
            """);
    }

    /// <summary>dev follows main, prod follows prod and promotes from dev.</summary>
    public const string DevAndProd = """
          - name: dev
            branch: main
            target: { kind: local }
          - name: prod
            branch: prod
            promotesFrom: dev
            target: { kind: local }
        """;

    public const string DevAndProdGated = DevAndProd + "\n" + """
            gates: { successfulRuns: 1 }
        """;

    public const string DevOnly = """
          - name: dev
            branch: main
            target: { kind: local }
        """;

    public int Port { get; }

    /// <summary>Names a published engine, as operators have it: it starts in half of the time. None: the program beside the tests.</summary>
    private const string Published = "PUBLISHED_ENGINE";

    /// <summary>Program and arguments that stand before the engine's own.</summary>
    public IReadOnlyList<string> Program { get; set; } = [Environment.GetEnvironmentVariable(Published) is { Length: > 0 } named ? named : Path.Combine(AppContext.BaseDirectory, "gitops-triggers")];

    /// <summary>Where it is started; empty: where the tests are.</summary>
    public string WorkingFolder { get; set; } = "";

    public string Configuration => folder["engine.yaml"];

    public string DataFolder => folder["data"];

    public int Id => process!.Id;

    public int ExitCode => process!.ExitCode;

    public bool HasExited => process is null or { HasExited: true };

    public string Log
    {
        get
        {
            lock (log)
                return log.ToString();
        }
    }

    public async Task StartAsync(params (string Name, string Value)[] environment)
    {
        var start = new ProcessStartInfo(Program[0]) { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = WorkingFolder };
        foreach (var argument in (string[])[.. Program.Skip(1), "serve", "--config", Configuration])
            start.ArgumentList.Add(argument);
        // It lives for seconds: what it calls often is not compiled anew for speed, which is half of what such an engine costs.
        start.Environment["DOTNET_TC_CallCounting"] = "0";
        foreach (var (name, value) in environment)
            start.Environment[name] = value;
        process = Process.Start(start)!;
        process.OutputDataReceived += (_, line) => Keep(line.Data);
        process.ErrorDataReceived += (_, line) => Keep(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        await UntilAsync("the engine is ready", async () => HasExited || (await http.GetAsync($"http://127.0.0.1:{Port}/readyz")).IsSuccessStatusCode, TimeSpan.FromMinutes(3));
        if (!HasExited)
            http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", File.ReadAllText(ApiToken.FileIn(DataFolder)).Trim());
    }

    public async Task KillAsync()
    {
        process!.Kill();
        await process.WaitForExitAsync();
    }

    /// <param name="signal">As <c>kill</c> names it.</param>
    public void Signal(string signal) => Process.Start("kill", ["-" + signal, Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]).WaitForExit();

    public async Task<int> StopAsync()
    {
        Signal("TERM");
        await process!.WaitForExitAsync(new CancellationTokenSource(TimeSpan.FromSeconds(40)).Token);
        return process.ExitCode;
    }

    public Task WaitForExitAsync(TimeSpan limit) => process!.WaitForExitAsync(new CancellationTokenSource(limit).Token);

    public async Task<T> GetAsync<T>(string path) =>
        (await http.GetFromJsonAsync<T>($"http://127.0.0.1:{Port}/api/v1/{path}", WebJson.Options))!;

    public Task<string> TextAsync(string path) => http.GetStringAsync($"http://127.0.0.1:{Port}/{path}");

    /// <summary>Follows what is sent line by line, to its end.</summary>
    /// <param name="path">As of <see cref="TextAsync"/>.</param>
    /// <param name="lines">Each as soon as it has come.</param>
    public async Task FollowAsync(string path, Action<string> lines)
    {
        using var reader = new StreamReader(await http.GetStreamAsync($"http://127.0.0.1:{Port}/{path}"));
        while (await reader.ReadLineAsync() is { } line)
            lines(line);
    }

    public async Task<T> PostAsync<T>(string path, object body)
    {
        Assert.False(HasExited, Log);
        using var reply = await http.PostAsJsonAsync($"http://127.0.0.1:{Port}/api/v1/{path}", body, WebJson.Options);
        var text = await reply.Content.ReadAsStringAsync();
        Assert.True(reply.IsSuccessStatusCode, $"POST {path}: {(int)reply.StatusCode} {text}");
        return System.Text.Json.JsonSerializer.Deserialize<T>(text, WebJson.Options)!;
    }

    /// <summary>The engine may refuse it, or be killed meanwhile.</summary>
    /// <returns>Whether it was accepted.</returns>
    public async Task<bool> TryPostAsync(string path, object body)
    {
        try
        {
            using var reply = await http.PostAsJsonAsync($"http://127.0.0.1:{Port}/api/v1/{path}", body, WebJson.Options);
            return reply.IsSuccessStatusCode;
        }
        catch (Exception lost) when (lost is HttpRequestException or TaskCanceledException)
        {
            return false;
        }
    }

    public async Task<T> DeleteAsync<T>(string path)
    {
        using var reply = await http.DeleteAsync($"http://127.0.0.1:{Port}/api/v1/{path}");
        Assert.True(reply.IsSuccessStatusCode, await reply.Content.ReadAsStringAsync());
        return (await reply.Content.ReadFromJsonAsync<T>(WebJson.Options))!;
    }

    public Task<TriggerView> ResumeAsync(string trigger, string environment) => DeleteAsync<TriggerView>($"pauses?trigger={trigger}&environment={environment}");

    public Task ConnectAsync(WorkingCopy repository) => PostAsync<ConnectReply>("repositories", new ConnectRequest(repository.Url, null, null, null));

    public Task SyncAsync(string repository) => PostAsync<SyncReply>("sync", new SyncRequest(repository, null));

    /// <returns>The status, and the refusal's words.</returns>
    public async Task<(HttpStatusCode Status, string Message)> RefusedAsync(HttpMethod method, string path, object? body = null)
    {
        using var request = new HttpRequestMessage(method, $"http://127.0.0.1:{Port}/api/v1/{path}") { Content = body is null ? null : JsonContent.Create(body, body.GetType(), options: WebJson.Options) };
        using var reply = await http.SendAsync(request);
        return (reply.StatusCode, (await reply.Content.ReadFromJsonAsync<Problem>(WebJson.Options))!.Message);
    }

    /// <summary>Waits until the pass for this commit is over and nothing is due.</summary>
    public async Task<PassView> ReconciledAsync(string repository, string environment, string commit)
    {
        PassView? pass = null;
        await UntilAsync($"{repository} is reconciled in {environment} at {commit[..10]}", async () =>
        {
            var views = await GetAsync<IReadOnlyList<RepositoryView>>("repositories");
            pass = views.Single(view => view.Name == repository).Passes.Single(one => one.Environment == environment);
            return pass.Commit == commit && pass is { Due: false } or { Outcome: PassOutcome.Held };
        });
        return pass!;
    }

    public async Task UntilAsync(string what, Func<Task<bool>> holds, TimeSpan? limit = null, TimeSpan? every = null)
    {
        var deadline = DateTime.UtcNow + (limit ?? TimeSpan.FromSeconds(90));
        while (DateTime.UtcNow < deadline)
        {
            try
            {
                if (await holds())
                    return;
            }
            catch (HttpRequestException)
            {
                // Not up yet, or just being killed.
            }
            await Task.Delay(every ?? TimeSpan.FromMilliseconds(100));
        }
        Assert.Fail($"Waited in vain until {what}. The engine said:\n{Log}");
    }

    public async ValueTask DisposeAsync()
    {
        if (!HasExited)
            await KillAsync();
        http.Dispose();
        process?.Dispose();
    }

    private void Keep(string? line)
    {
        lock (log)
            log.AppendLine(line);
    }

    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
