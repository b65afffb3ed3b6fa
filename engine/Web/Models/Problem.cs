namespace GitOps.Triggers.Web;

/// <summary>Why a request was refused: what is wrong, and what to do.</summary>
internal sealed record Problem(string Message, string Fix);
