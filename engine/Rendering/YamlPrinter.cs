using System.Text.Json;
using System.Text.RegularExpressions;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace GitOps.Triggers.Rendering;

/// <summary>
/// JSON as block YAML. A text that any YAML reader could take for something else is quoted: the Kubernetes client's own writer leaves
/// <c>0x1F</c>, <c>0o17</c> and dates bare, which kubectl reads as numbers or refuses.
/// </summary>
internal static partial class YamlPrinter
{
    public static string Print(JsonElement root)
    {
        using var text = new StringWriter { NewLine = "\n" };
        var emitter = new Emitter(text);
        emitter.Emit(new StreamStart());
        emitter.Emit(new DocumentStart(null, [], isImplicit: true));
        Emit(emitter, root);
        emitter.Emit(new DocumentEnd(isImplicit: true));
        emitter.Emit(new StreamEnd());
        return text.ToString();
    }

    private static void Emit(Emitter emitter, JsonElement value)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                emitter.Emit(new MappingStart());
                foreach (var property in value.EnumerateObject())
                {
                    emitter.Emit(Text(property.Name));
                    Emit(emitter, property.Value);
                }
                emitter.Emit(new MappingEnd());
                break;
            case JsonValueKind.Array:
                emitter.Emit(new SequenceStart(AnchorName.Empty, TagName.Empty, isImplicit: true, value.GetArrayLength() == 0 ? SequenceStyle.Flow : SequenceStyle.Block));
                foreach (var item in value.EnumerateArray())
                    Emit(emitter, item);
                emitter.Emit(new SequenceEnd());
                break;
            case JsonValueKind.String:
                emitter.Emit(Text(value.GetString()!));
                break;
            default:
                emitter.Emit(new Scalar(value.GetRawText()));
                break;
        }
    }

    private static Scalar Text(string text)
    {
        var style = Plain().IsMatch(text) && !LooksLikeAnotherType().IsMatch(text) ? ScalarStyle.Plain
            : Lines().IsMatch(text) ? ScalarStyle.Literal
            : ScalarStyle.DoubleQuoted;
        return new Scalar(AnchorName.Empty, TagName.Empty, text, style, isPlainImplicit: true, isQuotedImplicit: true);
    }

    /// <summary>Words of letters, digits and a few harmless signs, a letter or a slash first, no colon at a word's end; or a quantity.</summary>
    [GeneratedRegex(@"\A(?:[A-Za-z/](?:[A-Za-z0-9_./@:+-]*[A-Za-z0-9_./@+-])?(?: [A-Za-z0-9_./@:+-]*[A-Za-z0-9_./@+-])*|[0-9]+(?:m|[KMGTP]i))\z", RegexOptions.NonBacktracking)]
    private static partial Regex Plain();

    /// <summary>YAML 1.1's words for true, false and nothing; kubectl reads YAML 1.1.</summary>
    [GeneratedRegex(@"\A(?:y|yes|n|no|true|false|on|off|null)\z", RegexOptions.NonBacktracking | RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex LooksLikeAnotherType();

    /// <summary>Several lines of printable ASCII, none with a space at its end and the first without one at its beginning: easier to read as a block.</summary>
    [GeneratedRegex(@"\A[!-~](?:[ -~]*[!-~])?(?:\n(?:[ -~]*[!-~])?)*\n[ -~]*[!-~]\n?\z", RegexOptions.NonBacktracking)]
    private static partial Regex Lines();
}
