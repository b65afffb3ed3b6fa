namespace GitOps.Triggers.Domain;

/// <summary>Finds what somebody probably meant.</summary>
internal static class Nearest
{
    private const int LongestWord = 64;

    /// <summary>The candidate with the fewest differing letters, case aside; none when too many differ to be a slip.</summary>
    public static string? To(string word, IEnumerable<string> candidates)
    {
        if (word.Length is 0 or > LongestWord)
            return null;
        var lower = word.ToLowerInvariant();
        var nearest = candidates
            .Select(candidate => (Candidate: candidate, Distance: Distance(lower, candidate.ToLowerInvariant())))
            .DefaultIfEmpty((Candidate: word, Distance: int.MaxValue))
            .MinBy(pair => pair.Distance);
        return nearest.Distance <= Math.Max(1, word.Length / 4) ? nearest.Candidate : null;
    }

    /// <summary>Letters to add, drop, change, or swap with their neighbour (optimal string alignment).</summary>
    private static int Distance(string left, string right)
    {
        var costs = new int[left.Length + 1, right.Length + 1];
        for (var i = 0; i <= left.Length; i++)
            costs[i, 0] = i;
        for (var j = 0; j <= right.Length; j++)
            costs[0, j] = j;
        for (var i = 1; i <= left.Length; i++)
        {
            for (var j = 1; j <= right.Length; j++)
            {
                var change = costs[i - 1, j - 1] + (left[i - 1] == right[j - 1] ? 0 : 1);
                costs[i, j] = Math.Min(change, Math.Min(costs[i - 1, j], costs[i, j - 1]) + 1);
                if (i > 1 && j > 1 && left[i - 1] == right[j - 2] && left[i - 2] == right[j - 1])
                    costs[i, j] = Math.Min(costs[i, j], costs[i - 2, j - 2] + 1);
            }
        }
        return costs[left.Length, right.Length];
    }
}
