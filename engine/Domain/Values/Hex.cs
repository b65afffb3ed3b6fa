using System.Buffers;

namespace GitOps.Triggers.Domain;

internal static class Hex
{
    private static readonly SearchValues<char> Lower = SearchValues.Create("0123456789abcdef");

    public static bool IsLower(ReadOnlySpan<char> text) => !text.ContainsAnyExcept(Lower);
}
