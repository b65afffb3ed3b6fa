namespace GitOps.Triggers.Builds;

/// <summary>One delivery of a context, from its first byte to its last. One that broke off was none.</summary>
internal sealed class ContextDelivery(string archive, Action complete, Action end) : IDisposable
{
    /// <summary>The file to send.</summary>
    public string Archive => archive;

    /// <summary>All of it was sent.</summary>
    public void Complete() => complete();

    public void Dispose() => end();
}
