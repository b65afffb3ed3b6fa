using System.Text;

namespace GitOps.Triggers.Cli;

/// <summary>
/// The <c>post-receive</c> hook of a bare repository: hands what was pushed to <c>gitops-triggers notify</c>.
/// It holds the path of the webhook's secret, never the secret.
/// </summary>
internal static class HookScript
{
    /// <summary>By this line a hook is known as ours, and may be replaced.</summary>
    public const string Marker = "# gitops-triggers post-receive";

    public static string Of(IReadOnlyList<string> program, PushNotice notice)
    {
        var script = new StringBuilder();
        script.Append("#!/bin/sh\n").Append(Marker).Append('\n');
        script.Append("# Written by 'gitops-triggers connect'. Tells the engine at once what was pushed;\n");
        script.Append("# without it the engine finds a push at its next resync.\n");
        script.Append("set --");
        foreach (var word in program.Concat(notice.Arguments))
            script.Append(' ').Append(Quoted(word));
        script.Append('\n');
        // A hook must not fail for want of a program that somebody removed.
        script.Append("command -v \"$1\" >/dev/null 2>&1 || {\n");
        script.Append("  echo \"gitops-triggers is no longer at $1; the engine will find this push at its next resync\" >&2\n");
        script.Append("  exit 0\n");
        script.Append("}\n");
        script.Append("exec \"$@\"\n");
        return script.ToString();
    }

    public static bool Tells(string script, string webhook) => script.Contains($" {Quoted(new Uri(webhook).AbsoluteUri)} ", StringComparison.Ordinal);

    private static string Quoted(string word) => "'" + word.Replace("'", "'\\''", StringComparison.Ordinal) + "'";
}
