using System.Buffers;
using GitOps.Triggers.Domain;

namespace GitOps.Triggers.Manifests;

/// <summary>Reads environment variables.</summary>
internal sealed class VariableReader(Report report)
{
    private const string Reserved = "TRIGGER_";
    private const int Longest = 253;

    private static readonly SearchValues<char> Allowed = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_.");

    private readonly SourceReader sources = new(report);

    public IReadOnlyDictionary<string, EnvironmentValue> Read(Fields variables)
    {
        var read = new Dictionary<string, EnvironmentValue>(StringComparer.Ordinal);
        foreach (var entry in variables.Entries)
        {
            CheckName(entry.Key);
            if (ReadValue(entry.Value) is { } value)
                read[entry.Name] = value;
        }

        return read;
    }

    private EnvironmentValue? ReadValue(Node node)
    {
        if (node is Node.Mapping mapping)
            return sources.Read(mapping) is { } source ? new EnvironmentValue.From(source) : null;
        return Values.Text(node) is { } text ? new EnvironmentValue.Literal(text) : null;
    }

    private void CheckName(Node.Scalar key)
    {
        var name = key.Text;
        if (name.StartsWith(Reserved, StringComparison.Ordinal))
            report.Refuse(key, $"'{Shown.Text(name)}' begins with {Reserved}: these variables are set by the engine.", "Choose another name.");
        else if (name.Length is 0 or > Longest || name.AsSpan().ContainsAnyExcept(Allowed) || char.IsAsciiDigit(name[0]) || name[0] == '.')
            report.Refuse(key, $"'{Shown.Text(name)}' is not the name of an environment variable.", "Use letters, digits and underscores, not beginning with a digit.");
    }
}
