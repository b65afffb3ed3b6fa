using CliWrap;
using GitOps.Triggers.Domain;

namespace GitOps.Triggers.Containers;

internal static class LinePipe
{
    /// <summary>Hands over what a process writes, line by line: see <see cref="LineSplitter"/>.</summary>
    public static PipeTarget To(Action<string> line) => PipeTarget.Create(async (stream, ct) =>
    {
        await foreach (var one in LineSplitter.ReadAsync(stream, atReturns: true, ct).ConfigureAwait(false))
            line(one);
    });
}
