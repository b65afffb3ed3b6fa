using System.Collections.Concurrent;

namespace GitOps.Triggers.Children;

/// <summary>
/// The programs that this engine has started and that have not ended, so that an engine that ends at once takes them along. They bear a mark besides, by
/// which the next engine finds those that a killed one left.
/// </summary>
internal static class ChildProcesses
{
    /// <summary>A variable in their environment; its value is the data folder of the engine that started them.</summary>
    public const string Mark = "GITOPS_TRIGGERS_CHILD_OF";

    private static readonly ConcurrentDictionary<int, bool> Running = new();
    private static volatile bool isOver;

    /// <summary>All that is started from now on inherits the mark.</summary>
    public static void MarkAs(string dataFolder) => Environment.SetEnvironmentVariable(Mark, dataFolder);

    /// <summary>To be called as soon as it is started, and disposed of when it has ended.</summary>
    public static IDisposable Note(int id)
    {
        Running[id] = true;
        if (isOver)
            ProcessTable.Kill(id, withAllBelow: true);
        return new Noted(id);
    }

    /// <summary>Kills them with all that they have started, and whatever is still to come. Only for a process that ends.</summary>
    public static void KillAll()
    {
        isOver = true;
        foreach (var id in Running.Keys)
            ProcessTable.Kill(id, withAllBelow: true);
    }

    private sealed class Noted(int id) : IDisposable
    {
        public void Dispose() => Running.TryRemove(id, out _);
    }
}
