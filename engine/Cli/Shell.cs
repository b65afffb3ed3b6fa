namespace GitOps.Triggers.Cli;

/// <summary>What surrounds a command. Nothing else in this folder looks at the process's console, folder, variables or clock.</summary>
internal sealed record Shell
{
    public required Terminal Terminal { get; init; }

    public required TextReader Input { get; init; }

    /// <summary>Where relative paths start.</summary>
    public required string Folder { get; init; }

    public required Func<string, string?> Variable { get; init; }

    public required TimeProvider Clock { get; init; }

    /// <summary>How to call this very program again, from a hook: a path, with arguments where it needs some.</summary>
    public required IReadOnlyList<string> Program { get; init; }

    public DateTimeOffset Now => Clock.GetUtcNow();

    public bool Debug => Variable("GITOPS_TRIGGERS_DEBUG") is { Length: > 0 };

    public string FullPath(string path) => Path.GetFullPath(path, Folder);

    public static Shell OfProcess() => new()
    {
        Terminal = Terminal.OfProcess(),
        Input = Console.In,
        Folder = Environment.CurrentDirectory,
        Variable = Environment.GetEnvironmentVariable,
        Clock = TimeProvider.System,
        Program = ThisProgram(Environment.ProcessPath),
    };

    /// <summary>Started as 'dotnet gitops-triggers.dll', the process is dotnet's.</summary>
    private static IReadOnlyList<string> ThisProgram(string? process) =>
        process is not null && Path.GetFileNameWithoutExtension(process) == "dotnet"
            ? [process, Path.Combine(AppContext.BaseDirectory, "gitops-triggers.dll")]
            : [process ?? "gitops-triggers"];
}
