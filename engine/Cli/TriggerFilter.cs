namespace GitOps.Triggers.Cli;

/// <summary>Which triggers a command is about; everything may be left out.</summary>
internal sealed record TriggerFilter(string? Repository, string? Environment, string? Trigger)
{
    public string Query(params (string Name, string? Value)[] more)
    {
        var given = new (string Name, string? Value)[] { ("repository", Repository), ("environment", Environment), ("trigger", Trigger) }
            .Concat(more)
            .Where(pair => pair.Value is not null)
            .Select(pair => $"{pair.Name}={Uri.EscapeDataString(pair.Value!)}");
        return string.Join('&', given) is { Length: > 0 } query ? "?" + query : "";
    }
}
