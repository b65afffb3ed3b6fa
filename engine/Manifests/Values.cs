using GitOps.Triggers.Domain;

namespace GitOps.Triggers.Manifests;

/// <summary>Reads single values and refuses what a schema cannot see in them. What is absent or refused reads as none.</summary>
internal sealed class Values(Report report)
{
    public static string? Text(Node? node) => node is Node.Scalar scalar && !CoreSchema.IsNull(scalar) ? scalar.Text : null;

    public static bool? Boolean(Node? node) => node is Node.Scalar scalar ? CoreSchema.Boolean(scalar) : null;

    public static int? Integer(Node? node) =>
        node is Node.Scalar scalar && CoreSchema.Integer(scalar) is { } number and >= int.MinValue and <= int.MaxValue ? (int)number : null;

    public static IReadOnlyList<string>? Words(Node? node) =>
        node is Node.Sequence list ? [.. list.Items.Select(Text).OfType<string>()] : null;

    public static TEnum? Choice<TEnum>(Node? node)
        where TEnum : struct, Enum =>
        Enum.TryParse<TEnum>(Text(node), ignoreCase: true, out var choice) ? choice : null;

    public TimeSpan? Duration(Node? node, string least, string most)
    {
        if (Text(node) is not { } text)
            return null;
        if (!Domain.Duration.TryParse(text, out var duration))
            report.Refuse(node!, $"'{Shown.Text(text)}' is not a duration.", FixOfDuration(text));
        else if (Domain.Duration.TryParse(least, out var low) && duration < low)
            report.Refuse(node!, $"{text} is too short.", $"Write a duration from {least} to {most}.");
        else if (Domain.Duration.TryParse(most, out var high) && duration > high)
            report.Refuse(node!, $"{text} is too long.", $"Write a duration from {least} to {most}.");
        return duration;
    }

    public Quantity? Cpu(Node? node)
    {
        var quantity = Amount(node, "10m", "256", "a number of cores, or of thousandths with m,");
        if (quantity is not null && quantity.Value * 1000 % 1 != 0)
            report.Refuse(node!, $"{quantity} is finer than a thousandth of a core.", "Write whole thousandths, such as 100m.");
        return quantity;
    }

    public Quantity? Memory(Node? node, string least = "6Mi", string most = "4Ti")
    {
        // The commonest slip, "128m" or "128" for "128Mi", is an amount of memory: far less than a byte, or 128 bytes.
        var meant = Text(node)?.TrimEnd('m') + "Mi";
        return Amount(node, least, most, "a number with Mi or Gi,", Quantity.TryParse(meant, out _) ? meant : null);
    }

    private static string FixOfDuration(string text) => text.Length is > 0 and < 10 && text.All(char.IsAsciiDigit)
        ? $"Add the unit: {text}s, {text}m, {text}h or {text}d."
        : "Write a number with s, m, h or d: 90s, 10m, 26h, 7d, or several in falling order: 1h30m.";

    private Quantity? Amount(Node? node, string least, string most, string form, string? meant = null)
    {
        if (Text(node) is not { } text)
            return null;
        var range = $"Write {form} from {least} to {most}.";
        if (!Quantity.TryParse(text, out var quantity))
            report.Refuse(node!, $"'{Shown.Text(text)}' is not an amount.", range);
        else if (quantity.Value < Quantity.Parse(least).Value)
            report.Refuse(node!, $"{text} is too little.", meant is null ? range : $"Write {meant}, or another amount from {least} to {most}.");
        else if (quantity.Value > Quantity.Parse(most).Value)
            report.Refuse(node!, $"{text} is too much.", range);
        return quantity;
    }
}
