namespace GitOps.Triggers.Tests.Support.ApiServer;

/// <summary>What goes wrong with a request. Of several faults for one request the first that is not used up counts.</summary>
internal sealed class Fault(Func<ApiRequest, bool> hits, int times)
{
    private int left = times;

    /// <summary>Answers with this status instead of carrying the request out.</summary>
    public int? Status { get; init; }

    /// <summary>What the Status says; something fit for its code if not given.</summary>
    public string? Message { get; init; }

    /// <summary>In seconds.</summary>
    public int? RetryAfter { get; init; }

    /// <summary>The connection is lost before the request is carried out.</summary>
    public bool IsDropped { get; init; }

    /// <summary>The connection is lost after the request was carried out.</summary>
    public bool LosesAnswer { get; init; }

    /// <summary>What else happens at the moment at which the connection is lost.</summary>
    public Func<Task> Meanwhile { get; init; } = () => Task.CompletedTask;

    /// <summary>The request waits for this, and is then carried out.</summary>
    public Task Until { get; init; } = Task.CompletedTask;

    public bool Take(ApiRequest request) => hits(request) && Interlocked.Decrement(ref left) >= 0;
}
