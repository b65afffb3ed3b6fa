using Xunit;

namespace GitOps.Triggers.Tests.Webhooks;

/// <summary>One door for all tests of a class.</summary>
public sealed class SharedDoor : IAsyncLifetime
{
    internal WebhookDoor Door { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Door = await WebhookDoor.OpenAsync();

    public ValueTask DisposeAsync() => Door.DisposeAsync();
}
