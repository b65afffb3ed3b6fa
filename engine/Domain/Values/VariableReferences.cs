using System.Text.RegularExpressions;

namespace GitOps.Triggers.Domain;

/// <summary>
/// Kubernetes replaces <c>$(NAME)</c> in commands, arguments and values of variables, and reads <c>$$</c> as one <c>$</c>.
/// What stands in a manifest arrives as it is written, so rendering escapes, and whoever runs a rendered job without Kubernetes undoes it.
/// </summary>
/// <seealso href="https://kubernetes.io/docs/tasks/inject-data-application/define-interdependent-environment-variables/"/>
internal static partial class VariableReferences
{
    /// <summary>Doubles the dollar signs that Kubernetes would read as its own, and no others: <c>$HOME</c> stays readable.</summary>
    public static string Escape(string text) => Special().Replace(text, dollars => dollars.Value.Replace("$", "$$", StringComparison.Ordinal));

    public static string Unescape(string text) => text.Replace("$$", "$", StringComparison.Ordinal);

    [GeneratedRegex(@"\$+\(|\${2,}", RegexOptions.NonBacktracking | RegexOptions.CultureInvariant)]
    private static partial Regex Special();
}
