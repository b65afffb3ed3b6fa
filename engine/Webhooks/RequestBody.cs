using System.IO.Pipelines;

namespace GitOps.Triggers.Webhooks;

/// <summary>A body that streams by: hashed and read as it comes. At most one value of it (see <see cref="PayloadReader.LongestToken"/>) is held at a time, however long it is.</summary>
internal static class RequestBody
{
    private const int Least = 16 << 10;

    /// <returns>Whether it stayed within <paramref name="limit"/> bytes.</returns>
    public static async Task<bool> ReadAsync(PipeReader body, long limit, SignatureCheck signature, PayloadReader payload, CancellationToken ct)
    {
        long seen = 0;
        var kept = 0;
        while (true)
        {
            // At least twice what is left of an unfinished value, so that a long one is not looked at again for every packet.
            var read = await body.ReadAtLeastAsync(Math.Max(Least, 2 * kept), ct);
            var fresh = read.Buffer.Slice(kept);
            seen += fresh.Length;
            if (seen > limit)
                return Stop(body, read);
            signature.Append(fresh);
            var consumed = payload.Read(read.Buffer, read.IsCompleted);
            kept = (int)read.Buffer.Slice(consumed).Length;
            body.AdvanceTo(read.IsCompleted ? read.Buffer.End : consumed, read.Buffer.End);
            if (read.IsCompleted)
                return true;
        }
    }

    /// <summary>Lets a body pass that will be refused anyway, to learn whether it was too long.</summary>
    public static async Task<bool> DrainAsync(PipeReader body, long limit, CancellationToken ct)
    {
        long seen = 0;
        while (true)
        {
            var read = await body.ReadAsync(ct);
            seen += read.Buffer.Length;
            if (seen > limit)
                return Stop(body, read);
            body.AdvanceTo(read.Buffer.End);
            if (read.IsCompleted)
                return true;
        }
    }

    private static bool Stop(PipeReader body, ReadResult read)
    {
        body.AdvanceTo(read.Buffer.End);
        return false;
    }
}
