namespace GitOps.Triggers.Containers;

/// <summary>A command that is to end because its caller does not want it any more.</summary>
internal sealed record RunningCommand
{
    public required int ProcessId { get; init; }

    /// <summary>Cancelled when the process has ended.</summary>
    public required CancellationToken Ended { get; init; }

    /// <summary>Sends SIGINT, as Ctrl-C does.</summary>
    public required Action Interrupt { get; init; }
}
