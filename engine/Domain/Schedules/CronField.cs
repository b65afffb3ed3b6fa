using System.Numerics;

namespace GitOps.Triggers.Domain;

/// <summary>The values that one field allows, as a bit set.</summary>
/// <param name="Bits">Bit <c>n</c> stands for the value <c>n</c>.</param>
/// <param name="IsStar">Written as <c>*</c> or <c>?</c>, without a step above one. A list of all values is not a star: the day fields tell them apart.</param>
internal readonly record struct CronField(ulong Bits, bool IsStar)
{
    public bool IsEmpty => Bits == 0;

    public int Count => BitOperations.PopCount(Bits);

    public IEnumerable<int> Values
    {
        get
        {
            for (var rest = Bits; rest != 0; rest &= rest - 1)
                yield return BitOperations.TrailingZeroCount(rest);
        }
    }

    public static CronField operator |(CronField left, CronField right) => new(left.Bits | right.Bits, left.IsStar || right.IsStar);

    public bool Contains(int value) => (Bits >> value & 1) != 0;

    /// <summary>The first allowed value above this one; <paramref name="end"/> when there is none.</summary>
    public int After(int value, int end)
    {
        var above = Bits >> value >> 1;
        return above == 0 ? end : value + 1 + BitOperations.TrailingZeroCount(above);
    }

    public bool IsAll(CronFieldKind kind) => Count == kind.Max - kind.Min + 1;
}
