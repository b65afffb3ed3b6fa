namespace GitOps.Triggers.Sources;

/// <summary>Decides by its text alone that a symlink stays in the context.</summary>
internal static class LinkTarget
{
    public const int LongestBytes = 4096;

    /// <summary>
    /// Why a link is refused; none: wherever other such links lead, it stays inside. <c>..</c> is taken only at the start:
    /// after a name that is a link itself, it would climb from that link's target, which the text does not tell.
    /// </summary>
    /// <param name="target">What the link holds.</param>
    /// <param name="depth">Folders between the context and the link.</param>
    public static string? Refusal(string target, int depth)
    {
        if (target.Length == 0 || target.Contains('\0') || target.Contains('\uFFFD'))
            return "it holds no path";
        if (target[0] == '/')
            return "it is absolute";
        var named = false;
        foreach (var part in target.Split('/'))
        {
            if (part == ".." && named)
                return "it has .. after a name";
            if (part == ".." && --depth < 0)
                return "it leads out of the build context";
            named |= part is not (".." or "." or "");
        }
        return null;
    }
}
