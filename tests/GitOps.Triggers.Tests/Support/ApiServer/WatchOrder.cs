namespace GitOps.Triggers.Tests.Support.ApiServer;

/// <summary>What a test has open watches do.</summary>
internal enum WatchOrder
{
    /// <summary>Send a bookmark, to those who asked for them.</summary>
    Bookmark,

    /// <summary>End as after the time asked for.</summary>
    End,

    /// <summary>Say inside the stream that the version is too old, and end.</summary>
    Gone,

    /// <summary>Lose the connection.</summary>
    Cut,

    /// <summary>Lose the connection amid an event.</summary>
    CutInLine,
}
