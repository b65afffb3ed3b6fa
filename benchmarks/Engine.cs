using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text;
using GitOps.Triggers.Cli;
using GitOps.Triggers.Storage;
using GitOps.Triggers.Web;
using Microsoft.EntityFrameworkCore;

namespace GitOps.Triggers.Benchmarks;

/// <summary>A real engine in a process of its own, as an operator starts it. Everything that it writes is in one temporary folder.</summary>
internal sealed class Engine : IAsyncDisposable
{
    private static readonly TimeSpan ReadyWithin = TimeSpan.FromSeconds(60);

    private readonly HttpClient http;
    private readonly Process process;
    private readonly StringBuilder log = new();
    private readonly EngineFile file;

    private Engine(EngineFile file, Process process)
    {
        (this.file, this.process) = (file, process);
        http = new HttpClient { BaseAddress = file.Url, Timeout = TimeSpan.FromMinutes(2) };
        process.OutputDataReceived += (_, line) => Keep(line.Data);
        process.ErrorDataReceived += (_, line) => Keep(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    /// <summary>The end of what it said.</summary>
    public string Log
    {
        get
        {
            lock (log)
                return log.ToString(Math.Max(0, log.Length - 4_000), Math.Min(4_000, log.Length));
        }
    }

    /// <summary>The most memory that the process has held at once, in MB of a million bytes, as the kernel counts it (VmHWM).</summary>
    public double PeakMemory => Status("VmHWM:");

    public double Memory => Status("VmRSS:");

    /// <summary>User and system time of the process and of what it has waited for, such as git.</summary>
    public (TimeSpan Own, TimeSpan Children) Cpu
    {
        get
        {
            var fields = File.ReadAllText($"/proc/{process.Id}/stat").Split(')')[1].Split(' ', StringSplitOptions.RemoveEmptyEntries);
            TimeSpan Ticks(int at) => TimeSpan.FromMilliseconds(10 * double.Parse(fields[at], CultureInfo.InvariantCulture));
            return (Ticks(11) + Ticks(12), Ticks(13) + Ticks(14));
        }
    }

    /// <summary>Names the program to measure: one that was published, as operators have it; none: the one that was built along with this.</summary>
    public const string Variable = "BENCHMARK_ENGINE";

    public static string Program => Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } named ? named : Path.Combine(AppContext.BaseDirectory, "gitops-triggers");

    public static async Task<Engine> StartAsync(EngineFile file)
    {
        var start = new ProcessStartInfo(Program, ["serve", "--config", file.Path]) { RedirectStandardOutput = true, RedirectStandardError = true };
        var engine = new Engine(file, Process.Start(start)!);
        await engine.UntilAsync("it is ready", async () => (await engine.http.GetAsync("/readyz")).IsSuccessStatusCode, ReadyWithin);
        engine.http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", File.ReadAllText(ApiToken.FileIn(file.DataFolder)).Trim());
        return engine;
    }

    /// <summary>Tells it of a push to one branch, as the hook of a repository does.</summary>
    public async Task NotifyAsync(SourceRepository repository, string before, string after, string branch)
    {
        var notice = new PushNotice(repository.Url.Value, repository.Name, new Uri(http.BaseAddress!, "/api/github/webhooks"), file.SecretFile);
        using var reply = await new PushSender(http, notice, file.Secret).SendAsync(new RefUpdate(before, after, $"refs/heads/{branch}"), CancellationToken.None);
        if (reply.StatusCode != HttpStatusCode.Accepted)
            throw new InvalidOperationException($"The engine answered a webhook with {(int)reply.StatusCode}. {Log}");
    }

    /// <summary>Has it look at everything, and waits until nothing is due.</summary>
    public async Task SyncAsync()
    {
        using var reply = (await http.PostAsJsonAsync("/api/v1/sync", new SyncRequest(null, null), WebJson.Options)).EnsureSuccessStatusCode();
        await UntilAtRestAsync();
    }

    /// <summary>Looks into the database, which costs the engine nothing.</summary>
    public async Task UntilAtRestAsync()
    {
        var database = new Database(file.DataFolder);
        await UntilAsync(
            "nothing is due",
            async () =>
            {
                await using var context = database.CreateDbContext();
                var now = DateTimeOffset.UtcNow;
                return !await context.Work.AnyAsync(item => item.DueAt <= now);
            },
            TimeSpan.FromMinutes(10));
    }

    /// <summary>The sum of all series of a metric.</summary>
    public async Task<double> MetricAsync(string name) => (await http.GetStringAsync("/metrics")).Split('\n')
        .Where(line => line.StartsWith(name + '{', StringComparison.Ordinal) || line.StartsWith(name + ' ', StringComparison.Ordinal))
        .Sum(line => double.Parse(line[(line.LastIndexOf(' ') + 1)..], CultureInfo.InvariantCulture));

    public async Task UntilAsync(string what, Func<Task<bool>> holds, TimeSpan limit)
    {
        for (var begun = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(begun) < limit; await Task.Delay(50))
        {
            try
            {
                if (process.HasExited)
                    break;
                if (await holds())
                    return;
            }
            catch (HttpRequestException)
            {
                // Not up yet.
            }
        }
        throw new InvalidOperationException($"Waited in vain until {what}. The engine said:\n{Log}");
    }

    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited)
            process.Kill(entireProcessTree: true);
        await process.WaitForExitAsync();
        process.Dispose();
        http.Dispose();
    }

    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private double Status(string line) =>
        double.Parse(File.ReadLines($"/proc/{process.Id}/status").First(one => one.StartsWith(line, StringComparison.Ordinal)).Split((char[])[' ', '\t'], StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) * 1024 / 1_000_000;

    private void Keep(string? line)
    {
        lock (log)
            log.AppendLine(line);
    }
}
