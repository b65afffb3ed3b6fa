using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;

namespace GitOps.Triggers.Children;

/// <summary>The processes of this machine, where it has <c>/proc</c>; elsewhere there are none to be seen.</summary>
internal static class ProcessTable
{
    public static IEnumerable<int> All() => Directory.Exists("/proc")
        ? Directory.EnumerateDirectories("/proc")
            .Select(folder => int.TryParse(Path.GetFileName(folder.AsSpan()), NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : 0)
            .Where(id => id > 0)
        : [];

    /// <returns>Empty where it has ended, or is none of this user's to be read.</returns>
    public static string Read(int id, string file)
    {
        try
        {
            return File.ReadAllText($"/proc/{id}/{file}");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }

    /// <summary>The numbers of all, by that of their parent.</summary>
    public static ILookup<int, int> ByParent() => All().ToLookup(ParentOf);

    /// <summary>Its children and theirs, each after its parent.</summary>
    public static IReadOnlyList<int> Below(int id)
    {
        var (children, found, waiting) = (ByParent(), new List<int>(), new Queue<int>([id]));
        while (waiting.TryDequeue(out var parent))
        {
            foreach (var child in children[parent])
            {
                waiting.Enqueue(child);
                found.Add(child);
            }
        }
        return found;
    }

    /// <param name="id">Of the process.</param>
    /// <param name="withAllBelow">Its children and theirs, too.</param>
    public static void Kill(int id, bool withAllBelow)
    {
        try
        {
            using var process = Process.GetProcessById(id);
            process.Kill(withAllBelow);
        }
        catch (Exception e) when (e is ArgumentException or InvalidOperationException or Win32Exception or AggregateException)
        {
            // It has ended, or is another user's, as a step's own user is where podman has no root: then its caller kills what it can.
        }
    }

    /// <summary>The fourth field of <c>stat</c>; the second, the name, may hold spaces and brackets itself.</summary>
    private static int ParentOf(int id)
    {
        var stat = Read(id, "stat");
        var fields = stat[(stat.LastIndexOf(')') + 1)..].Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return fields.Length > 1 && int.TryParse(fields[1], NumberStyles.None, CultureInfo.InvariantCulture, out var parent) ? parent : 0;
    }
}
