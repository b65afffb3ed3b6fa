using GitOps.Triggers.Children;

namespace GitOps.Triggers.Containers;

/// <summary>
/// Finds, on Linux, the processes below one of this machine that stand in a process namespace of their own: the containers in which <c>podman build</c>
/// runs its steps. Killing such a one lets podman see a failed step and clear up after itself; podman itself, when interrupted, leaves the step running.
/// </summary>
internal static class NestedProcesses
{
    /// <summary>Kills them, and with each the whole of its namespace. Returns how many there were.</summary>
    public static int KillUnder(int processId)
    {
        var nested = Under(processId);
        foreach (var id in nested)
            Kill(id);
        return nested.Count;
    }

    /// <summary>The processes of these programs that have a path below <paramref name="folder"/> as an argument, or as the value of an option.</summary>
    public static IReadOnlyList<int> Using(string folder, params IReadOnlyList<string> programs) =>
        [.. ProcessTable.All().Where(id => id != Environment.ProcessId && ProcessTable.Read(id, "cmdline").Split('\0') is [var program, .. var arguments]
            && programs.Contains(Path.GetFileName(program)) && arguments.Any(argument => IsBelow(argument, folder)))];

    public static void Kill(int processId) => ProcessTable.Kill(processId, withAllBelow: false);

    private static bool IsBelow(string argument, string folder) =>
        argument[(argument.IndexOf('=') + 1)..].StartsWith(folder.TrimEnd('/') + "/", StringComparison.Ordinal) || argument.StartsWith(folder.TrimEnd('/') + "/", StringComparison.Ordinal);

    private static List<int> Under(int processId)
    {
        var children = ProcessTable.ByParent();
        var (own, found) = (NamespaceOf(processId), new List<int>());
        var waiting = new Queue<int>(children[processId]);
        while (waiting.TryDequeue(out var id))
        {
            if (NamespaceOf(id) is { } other && other != own)
                found.Add(id);
            else
                foreach (var child in children[id])
                    waiting.Enqueue(child);
        }
        return found;
    }

    private static string? NamespaceOf(int id)
    {
        try
        {
            return new FileInfo($"/proc/{id}/ns/pid").LinkTarget;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
