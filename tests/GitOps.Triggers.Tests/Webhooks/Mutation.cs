using System.Text;

namespace GitOps.Triggers.Tests.Webhooks;

/// <summary>A payload with one thing wrong: a flipped bit, a cut, a piece taken out, put twice or replaced by something of another kind.</summary>
internal static class Mutation
{
    private static readonly string[] Strange = ["null", "{}", "[]", "-1e999", "\"\\u0000\"", "\"\\ud83d\"", "true", "\"\"", "99999999999999999999", "\u0000", "😀", "\\", "\"", "}", "]"];

    public static byte[] Of(byte[] body, Random random)
    {
        var at = random.Next(body.Length);
        var length = random.Next(1, Math.Min(40, body.Length - at + 1));
        return random.Next(6) switch
        {
            0 => Flipped(body, at, random),
            1 => body[..at],
            2 => [.. body[..at], .. body[(at + length)..]],
            3 => [.. body[..(at + length)], .. body[at..]],
            4 => [.. body[..at], .. Encoding.UTF8.GetBytes(Strange[random.Next(Strange.Length)]), .. body[(at + length)..]],
            _ => Retyped(body, random),
        };
    }

    private static byte[] Flipped(byte[] body, int at, Random random)
    {
        var copy = body.ToArray();
        copy[at] ^= (byte)(1 << random.Next(8));
        return copy;
    }

    // Still JSON: some value gets another type.
    private static byte[] Retyped(byte[] body, Random random)
    {
        var text = Encoding.UTF8.GetString(body);
        var colon = text.IndexOf("\":\"", random.Next(text.Length), StringComparison.Ordinal);
        var end = colon < 0 ? -1 : text.IndexOf('"', colon + 3);
        return end < 0 ? body : Encoding.UTF8.GetBytes(text[..(colon + 2)] + Strange[random.Next(9)] + text[(end + 1)..]);
    }
}
