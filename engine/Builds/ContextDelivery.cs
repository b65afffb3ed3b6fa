namespace GitOps.Triggers.Builds;

/// <summary>One delivery of a context, from its first byte to its last: there is one at a time.</summary>
internal sealed class ContextDelivery(string archive, Action end) : IDisposable
{
    /// <summary>The file to send.</summary>
    public string Archive => archive;

    public void Dispose() => end();
}
