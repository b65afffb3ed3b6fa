namespace GitOps.Triggers.Domain;

/// <summary>One thing wrong with what somebody wrote: where it is, what was seen, and how to mend it.</summary>
internal sealed record Finding
{
    public Severity Severity { get; init; } = Severity.Error;

    /// <summary>Path in the repository, or of the engine's own file.</summary>
    public required string File { get; init; }

    /// <summary>From 1; none when the finding is about the file as a whole.</summary>
    public int? Line { get; init; }

    /// <summary>From 1, in characters.</summary>
    public int? Column { get; init; }

    /// <summary>The key inside the file, <c>environments.prod.schedule</c>; empty for the whole.</summary>
    public string Path { get; init; } = "";

    /// <summary>What is wrong, with the value seen. Never a secret, never a file's content from outside the manifest.</summary>
    public required string Message { get; init; }

    /// <summary>What to write or do instead.</summary>
    public required string Fix { get; init; }

    /// <summary><c>file:line:column</c>, as editors and compilers print it.</summary>
    public string Location => (Line, Column) switch
    {
        (null, _) => File,
        (_, null) => $"{File}:{Line}",
        _ => $"{File}:{Line}:{Column}",
    };

    public override string ToString() =>
        $"{Location}: {(Severity == Severity.Error ? "error" : "warning")}: {(Path.Length > 0 ? Path + ": " : "")}{Message} Fix: {Fix}";
}
