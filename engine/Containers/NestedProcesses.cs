using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;

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
        [.. All().Where(id => id != Environment.ProcessId && Read($"/proc/{id}/cmdline").Split('\0') is [var program, .. var arguments]
            && programs.Contains(Path.GetFileName(program)) && arguments.Any(argument => IsBelow(argument, folder)))];

    public static void Kill(int processId)
    {
        try
        {
            using var process = Process.GetProcessById(processId);
            process.Kill();
        }
        catch (Exception e) when (e is ArgumentException or InvalidOperationException or Win32Exception)
        {
            // It has ended, or is another user's, as a step's own user is where podman has no root: then its caller kills what it can.
        }
    }

    private static bool IsBelow(string argument, string folder) =>
        argument[(argument.IndexOf('=') + 1)..].StartsWith(folder.TrimEnd('/') + "/", StringComparison.Ordinal) || argument.StartsWith(folder.TrimEnd('/') + "/", StringComparison.Ordinal);

    private static List<int> Under(int processId)
    {
        var children = All().Select(id => (Id: id, Parent: ParentOf(id))).ToLookup(process => process.Parent, process => process.Id);
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

    private static IEnumerable<int> All() => Directory.Exists("/proc")
        ? Directory.EnumerateDirectories("/proc")
            .Select(folder => int.TryParse(Path.GetFileName(folder.AsSpan()), NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : 0)
            .Where(id => id > 0)
        : [];

    /// <summary>The fourth field of <c>stat</c>; the second, the name, may hold spaces and brackets itself.</summary>
    private static int ParentOf(int id)
    {
        var stat = Read($"/proc/{id}/stat");
        var fields = stat[(stat.LastIndexOf(')') + 1)..].Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return fields.Length > 1 && int.TryParse(fields[1], NumberStyles.None, CultureInfo.InvariantCulture, out var parent) ? parent : 0;
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

    private static string Read(string path)
    {
        try
        {
            return File.ReadAllText(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }
}
