using System.Diagnostics.CodeAnalysis;

namespace GitOps.Triggers.Domain;

/// <summary>An environment's name: a DNS label of at most 30 characters, defined by the operator.</summary>
internal sealed record EnvironmentName : IComparable<EnvironmentName>
{
    public const int Longest = 30;

    private EnvironmentName(string value) => Value = value;

    public string Value { get; }

    public static bool TryParse(string? text, [NotNullWhen(true)] out EnvironmentName? name)
    {
        name = DnsLabel.IsValid(text, Longest) ? new EnvironmentName(text!) : null;
        return name is not null;
    }

    /// <exception cref="FormatException">The text is not an environment name.</exception>
    public static EnvironmentName Parse(string text) => TryParse(text, out var name)
        ? name
        : throw new FormatException($"'{Shown.Text(text)}' is not an environment name: lower-case letters, digits and dashes, at most {Longest} characters.");

    public int CompareTo(EnvironmentName? other) => string.CompareOrdinal(Value, other?.Value);

    public override string ToString() => Value;
}
