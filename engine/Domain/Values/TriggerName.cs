using System.Diagnostics.CodeAnalysis;

namespace GitOps.Triggers.Domain;

/// <summary>A trigger's name: a DNS label of at most 40 characters, unique in its repository.</summary>
internal sealed record TriggerName : IComparable<TriggerName>
{
    public const int Longest = 40;

    private TriggerName(string value) => Value = value;

    public string Value { get; }

    public static bool TryParse(string? text, [NotNullWhen(true)] out TriggerName? name)
    {
        name = DnsLabel.IsValid(text, Longest) ? new TriggerName(text!) : null;
        return name is not null;
    }

    /// <exception cref="FormatException">The text is not a trigger name.</exception>
    public static TriggerName Parse(string text) => TryParse(text, out var name)
        ? name
        : throw new FormatException($"'{Shown.Text(text)}' is not a trigger name: lower-case letters, digits and dashes, at most {Longest} characters.");

    public int CompareTo(TriggerName? other) => string.CompareOrdinal(Value, other?.Value);

    public override string ToString() => Value;
}
