namespace GitOps.Triggers.Clusters;

/// <summary>How a server-side apply is sent.</summary>
/// <param name="DryRun"><c>All</c>, or none.</param>
/// <param name="Force">Take over fields that another manager owns.</param>
internal sealed record ApplyOptions(string? DryRun, bool Force)
{
    /// <summary>Who owns the fields that the engine applies.</summary>
    public const string FieldManager = "gitops-triggers";

    /// <summary>A field that the server does not know would silently not be there.</summary>
    public const string FieldValidation = "Strict";
}
