using System.Threading.Channels;
using GitOps.Triggers.Domain;

namespace GitOps.Triggers.Intake;

/// <summary>What a pass is given.</summary>
internal sealed class WorkContext(WorkItem item, ChannelReader<bool> marks)
{
    public WorkItem Item => item;

    /// <summary>The time stamp of the last mark: what was read since then is fresh enough. None: everything is to be read anew, as after a failure.</summary>
    public long? Asked { get; init; }

    /// <summary>Gives the pass's place to others while it waits for something that has places of its own, as builds have; see <see cref="StepAside"/>.</summary>
    public Func<IDisposable>? Aside { get; init; }

    /// <summary>For as long as what is returned is not disposed of.</summary>
    public IDisposable? StepAside() => Aside?.Invoke();

    /// <summary>
    /// Ends when the key is marked again while the pass runs; each further call waits for a further mark. A mark says only that git may
    /// have moved: look at the branch before a build is cancelled, since the same push may be delivered twice. Whatever the pass does
    /// about it, another one follows.
    /// </summary>
    public async Task MarkedAgainAsync(CancellationToken ct) => await marks.ReadAsync(ct);
}
