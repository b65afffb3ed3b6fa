namespace GitOps.Triggers.Tests.Fuzzing;

/// <summary>One change. Places are parts of 2³², so that they fit whatever length the input has by then.</summary>
internal sealed record Edit(int Kind, uint At, uint Other, int Length, byte[] Word, byte[] Seed)
{
    /// <summary>Long enough to see what grows with a power of the length, and seldom.</summary>
    private const int ManyTimes = 2_000, Seldom = 40;

    public byte[] Apply(byte[] input)
    {
        var at = Place(At, input.Length);
        var end = Math.Min(at + Length, input.Length);
        var other = Place(Other, input.Length);
        return Kind switch
        {
            0 => [.. input[..at], .. Word, .. input[at..]],
            1 => [.. input[..at], .. Word, .. input[end..]],
            2 => [.. input[..at], .. input[end..]],
            3 => [.. input[..end], .. input[at..]],
            4 => [.. input[..other], .. input[at..end], .. input[other..]],
            5 => input[..at],
            6 => input[at..],
            7 => Flipped(input, at),
            8 => [.. input[..at], .. Seed[Place(Other, Seed.Length)..]],
            9 => OfLine(input, at, line => []),
            10 => OfLine(input, at, line => [.. line, .. line]),
            11 => InNumber(input, at),
            _ => Other % Seldom == 0 ? [.. input[..at], .. Enumerable.Repeat(Word, ManyTimes).SelectMany(word => word), .. input[at..]] : [.. input[..at], .. Word, .. Word, .. input[at..]],
        };
    }

    private static int Place(uint part, int length) => (int)((ulong)part * ((ulong)length + 1) >> 32);

    private byte[] Flipped(byte[] input, int at)
    {
        var copy = input.ToArray();
        if (at < copy.Length)
            copy[at] ^= (byte)(1 << (int)(Other % 8));
        return copy;
    }

    private static byte[] OfLine(byte[] input, int at, Func<byte[], byte[]> change)
    {
        var begin = input.AsSpan(0, at).LastIndexOf((byte)'\n') + 1;
        var end = input.AsSpan(at).IndexOf((byte)'\n') is var found and >= 0 ? at + found + 1 : input.Length;
        return [.. input[..begin], .. change(input[begin..end]), .. input[end..]];
    }

    /// <summary>The next number becomes another word or one more or less.</summary>
    private byte[] InNumber(byte[] input, int at)
    {
        var digit = input.AsSpan(at).IndexOfAnyInRange((byte)'0', (byte)'9');
        if (digit < 0)
            return input;
        var copy = input.ToArray();
        copy[at + digit] = (byte)('0' + ((copy[at + digit] - '0' + (Other % 2 == 0 ? 1 : 9)) % 10));
        return copy;
    }
}
