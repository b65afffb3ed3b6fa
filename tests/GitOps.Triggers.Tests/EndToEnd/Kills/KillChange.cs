namespace GitOps.Triggers.Tests.EndToEnd.Kills;

/// <summary>What a push is to change, so that a moment is come to.</summary>
internal enum KillChange
{
    Anything,
    Image,
    Name,
    Schedule,
}
