namespace GitOps.Triggers.Web;

/// <summary>Why a trigger ran, did not run or ran late.</summary>
internal sealed record ExplanationView(string Verdict, IReadOnlyList<string> Sentences, RunView? Run);
