using System.Globalization;

namespace GitOps.Triggers.Containers;

/// <summary>
/// Limits the processes of a build's step. <c>podman build</c> has no option for that, and a limit by user does not hold for root; but each step has a control
/// group of its own. One whose group is that of podman itself is let alone: the limit would be the engine's.
/// </summary>
internal static class ProcessesHook
{
    /// <summary>Outside of the container, whose state comes by standard input.</summary>
    public const string Stage = "createRuntime";

    public static string Script(int processes) => string.Create(CultureInfo.InvariantCulture, $$"""
        group() { sed -n 's/^[0-9]*:'"$2"':\(.*\)/\1/p' /proc/$1/cgroup; }
        step=$(sed -n 's/.*"pid": *\([0-9]*\).*/\1/p')
        limit() {
          [ "$(group $step "$1")" = "$(group self "$1")" ] || echo {{processes}} > "$2$(group $step "$1")/pids.max"
        }
        limit pids /sys/fs/cgroup/pids 2>/dev/null || true
        limit '' /sys/fs/cgroup 2>/dev/null || true
        """);
}
