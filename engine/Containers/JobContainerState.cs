using System.Text.Json;

namespace GitOps.Triggers.Containers;

/// <summary>What podman and docker both tell of a run's container.</summary>
internal sealed record JobContainerState
{
    /// <summary>It runs or has ended. False of one that was never started, and of one that ran when the machine was restarted: podman calls it "created" again.</summary>
    public required bool RunsOrEnded { get; init; }

    public required int ExitCode { get; init; }

    public required bool OutOfMemory { get; init; }

    /// <summary>None: its program was never started.</summary>
    public DateTimeOffset? StartedAt { get; init; }

    public DateTimeOffset? FinishedAt { get; init; }

    /// <summary>The file in which the container engine keeps the output. Podman tells it; docker's client may be on another machine than its files.</summary>
    public string? LogPath { get; init; }

    /// <summary><c>NAME=value</c>; with secrets.</summary>
    public required IReadOnlyList<string> Env { get; init; }

    /// <summary>Reads the answer of <c>container inspect</c>: a list of one.</summary>
    /// <exception cref="JsonException">It is something else.</exception>
    public static JobContainerState Parse(string json)
    {
        using var document = JsonDocument.Parse(json);
        var container = document.RootElement[0];
        var state = container.GetProperty("State");
        var status = state.GetProperty("Status").GetString();
        return new JobContainerState
        {
            RunsOrEnded = status is "running" or "paused" or "stopping" or "exited" or "stopped" or "dead",
            ExitCode = state.GetProperty("ExitCode").GetInt32(),
            OutOfMemory = state.GetProperty("OOMKilled").GetBoolean(),
            StartedAt = Time(state, "StartedAt"),
            FinishedAt = Time(state, "FinishedAt"),
            LogPath = container.TryGetProperty("HostConfig", out var host) && host.TryGetProperty("LogConfig", out var log) && log.TryGetProperty("Path", out var path) ? path.GetString() : null,
            Env = [.. container.GetProperty("Config").GetProperty("Env").EnumerateArray().Select(variable => variable.GetString() ?? "")],
        };
    }

    /// <summary>Both write Go's zero time, in the year 1, for "never".</summary>
    private static DateTimeOffset? Time(JsonElement state, string name) =>
        state.GetProperty(name).TryGetDateTimeOffset(out var time) && time.Year > 1 ? time.ToUniversalTime() : null;
}
