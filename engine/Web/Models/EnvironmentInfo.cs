namespace GitOps.Triggers.Web;

internal sealed record EnvironmentInfo(string Name, string Branch, string? PromotesFrom, string Target);
