using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace GitOps.Triggers.Manifests;

/// <summary>Reads a YAML file: one document of at most so many bytes and levels, without anchors, aliases, tags or repeated keys.</summary>
internal static class YamlReader
{
    public static YamlDocument Read(ReadOnlySpan<byte> bytes, int mostBytes, int mostDepth)
    {
        var (text, problem) = YamlText.Decode(bytes, mostBytes);
        if (text is null)
            return new YamlDocument(null, [problem!]);
        var document = Read(text, mostDepth);
        var isEmpty = document.Root is null or Node.Scalar { Plain: true, Text: "" } && document.Problems.Count == 0;
        return isEmpty ? new YamlDocument(null, [new YamlProblem(Position.Start, "", "The file is empty.", "Write its required keys, or delete it.")]) : document;
    }

    private static YamlDocument Read(string text, int mostDepth)
    {
        var unquoted = new UnquotedValues();
        while (true)
        {
            var builder = new TreeBuilder(mostDepth, unquoted);
            if (Build(text, builder) is not { } failure)
                return builder.Document;
            if (unquoted.Mask(text, failure.At.Line) is { } masked)
            {
                text = masked;
                continue;
            }

            var mistake = YamlMistake.Describe(text, failure, builder.OpenBracket);
            builder.Stop(mistake.At, "", mistake.Message, mistake.Fix);
            return builder.Document;
        }
    }

    /// <returns>Where the text stops being YAML; none when the builder has all that can be read.</returns>
    private static YamlFailure? Build(string text, TreeBuilder builder)
    {
        // The parser and its scanner keep stacks of their own, and so does the builder: no input makes any of them recurse
        // (YamlDotNet issue 1109, a stack overflow that nothing can catch, is in the parts that are built on them).
        // The scanner looks ahead as far as a key may reach, at a price that grows with the square of it: hence a small limit.
        var parser = new Parser(new Scanner(new StringReader(text), skipComments: true, TreeBuilder.LongestKey));
        var last = Position.Start;
        try
        {
            while (parser.MoveNext())
            {
                last = new Position((int)parser.Current!.Start.Line, (int)parser.Current.Start.Column);
                if (parser.Current is AnchorAlias && UnquotedValues.IsOn(text, last))
                    return new YamlFailure(last, "An alias that is none.");
                if (!builder.Take(parser.Current))
                    return null;
            }

            return null;
        }
        catch (YamlException refused)
        {
            return new YamlFailure(Within(text, new Position((int)refused.Start.Line, (int)refused.Start.Column)), refused.Message);
        }
        catch (ArgumentException)
        {
            // What a tag throws that is no address (!!http://[::1]:80J).
            return new YamlFailure(last, "A tag that is none.");
        }
        catch (InvalidOperationException)
        {
            // What the parser throws at its end when brackets are open, and after a second "...".
            return new YamlFailure(last, "The file ends, or goes on, where YAML does not allow it.");
        }
    }

    /// <summary>Where something is missing at the end of the text, the parser may name the line after the last one.</summary>
    private static Position Within(string text, Position at)
    {
        var lines = text.Split('\n');
        return at.Line <= lines.Length ? at : new Position(lines.Length, lines[^1].Length + 1);
    }
}
