using System.Buffers.Binary;
using System.Text;

namespace GitOps.Triggers.Tests.Fuzzing;

/// <summary>A time zone as this machine's file tells it (RFC 9636), read without .NET's help: the changes that are written out, and no rule for the years after them.</summary>
internal sealed class ZoneFile
{
    private const string Folder = "/usr/share/zoneinfo";
    private const int HeaderBytes = 44;

    private readonly bool goesOnByRule;
    private readonly int first;
    private readonly int[] offsets;

    private ZoneFile(long[] changes, int[] offsets, int first, bool goesOnByRule) =>
        (Changes, this.offsets, this.first, this.goesOnByRule) = (changes, offsets, first, goesOnByRule);

    /// <summary>Seconds since 1970.</summary>
    public IReadOnlyList<long> Changes { get; }

    public static ZoneFile? Find(string id) =>
        !id.Contains("..", StringComparison.Ordinal) && Path.Combine(Folder, id) is var path && File.Exists(path) ? Parse(File.ReadAllBytes(path)) : null;

    /// <summary>Whether the file says what clocks show then.</summary>
    public bool Knows(long utc) => !goesOnByRule || (Changes.Count > 0 && utc < Changes[^1]);

    /// <summary>Seconds east of Greenwich.</summary>
    public int Offset(long utc)
    {
        var last = ((long[])Changes).AsSpan().BinarySearch(utc);
        last = last < 0 ? ~last - 1 : last;
        return last < 0 ? first : offsets[last];
    }

    private static ZoneFile? Parse(byte[] file)
    {
        if (!file.AsSpan().StartsWith("TZif"u8) || file[4] < (byte)'2')
            return null;
        var counts = Counts(file, 0);
        // The first block is the same in 32 bits, for old readers.
        var begin = HeaderBytes + (counts.Changes * 5) + (counts.Types * 6) + counts.Names + (counts.Leaps * 8) + counts.Standard + counts.Universal;
        counts = Counts(file, begin);
        var at = begin + HeaderBytes;
        var (kinds, types) = (at + (counts.Changes * 8), at + (counts.Changes * 9));
        var footer = types + (counts.Types * 6) + counts.Names + (counts.Leaps * 12) + counts.Standard + counts.Universal;
        int OffsetOf(int type) => BinaryPrimitives.ReadInt32BigEndian(file.AsSpan(types + (type * 6)));
        return new ZoneFile(
            [.. Enumerable.Range(0, counts.Changes).Select(i => BinaryPrimitives.ReadInt64BigEndian(file.AsSpan(at + (i * 8))))],
            [.. Enumerable.Range(0, counts.Changes).Select(i => OffsetOf(file[kinds + i]))],
            OffsetOf(0),
            Encoding.ASCII.GetString(file, footer, file.Length - footer).Contains(',', StringComparison.Ordinal));
    }

    private static (int Universal, int Standard, int Leaps, int Changes, int Types, int Names) Counts(byte[] file, int header)
    {
        int Count(int number) => BinaryPrimitives.ReadInt32BigEndian(file.AsSpan(header + 20 + (number * 4)));
        return (Count(0), Count(1), Count(2), Count(3), Count(4), Count(5));
    }
}
