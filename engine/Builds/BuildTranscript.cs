using GitOps.Triggers.Logs;

namespace GitOps.Triggers.Builds;

/// <summary>Writes a build's output to its log and keeps in mind what is needed to explain a failure. May be written from several threads.</summary>
/// <param name="log">Takes every line.</param>
/// <param name="begun">Told when a build that had to wait has begun: its time counts from then on.</param>
/// <param name="built">Told when all is done that the Dockerfile asks for: its time counts no further.</param>
internal sealed class BuildTranscript(LogFile log, Action begun, Action built)
{
    private const int LinesKept = 20;

    private readonly Lock writing = new();
    private readonly Queue<string> printedLines = new();
    private readonly Queue<string> errorLines = new();

    /// <summary>The instruction that was begun last.</summary>
    public string? Step { get; private set; }

    /// <summary>
    /// The last lines that steps printed. They may reach into an earlier step: what steps print and what the builder says of them come by two streams, whose
    /// order is not to be known.
    /// </summary>
    public IReadOnlyList<string> PrintedLines
    {
        get
        {
            lock (writing)
                return [.. printedLines];
        }
    }

    /// <summary>The last lines of standard error, whoever wrote them.</summary>
    public IReadOnlyList<string> ErrorLines
    {
        get
        {
            lock (writing)
                return [.. errorLines];
        }
    }

    // Kaniko fills its lines up with blanks.
    public void Output(string line) => Watch(log.Write(line.TrimEnd()));

    public void Error(string line)
    {
        var record = log.Write(line.TrimEnd());
        Watch(record);
        lock (writing)
            Keep(errorLines, record);
    }

    public void Note(string text) => log.Note(text);

    /// <summary>The build has begun only now. Where nobody says so, it began when it was asked for.</summary>
    public void Begun() => begun();

    /// <summary>What is left to do is not the Dockerfile's fault, however long it takes. Each call of it has a limit of its own.</summary>
    public void Built() => built();

    private void Watch(string record)
    {
        lock (writing)
        {
            Step = BuildLines.StepOf(record) ?? Step;
            if (!BuildLines.IsOwn(record))
                Keep(printedLines, record);
        }
    }

    private static void Keep(Queue<string> lines, string record)
    {
        if (record.Length == 0)
            return;
        lines.Enqueue(record);
        if (lines.Count > LinesKept)
            lines.Dequeue();
    }
}
