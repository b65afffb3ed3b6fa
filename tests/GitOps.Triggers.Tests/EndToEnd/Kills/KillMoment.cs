using GitOps.Triggers.Tests.Support.ApiServer;

namespace GitOps.Triggers.Tests.EndToEnd.Kills;

/// <summary>At what the engine is to die, if it comes to that; otherwise when it has nothing to do any more.</summary>
/// <param name="Name">For the report.</param>
internal sealed record KillMoment(string Name)
{
    /// <summary>When it is, in its life so far: 1 is when its predecessor was ready. None: whenever the place is reached.</summary>
    public double? AtRandom { get; init; }

    /// <summary>What is pushed for it.</summary>
    public KillChange Wants { get; init; }

    /// <summary>A place in the engine, see <see cref="GitOps.Triggers.Domain.FailPoint"/>.</summary>
    public string? FailPoint { get; init; }

    /// <summary>A call of a program, see <see cref="Toolbox"/>.</summary>
    public string? Call { get; init; }

    /// <summary>A request to the API server of a cluster.</summary>
    public Func<ApiRequest, bool>? Request { get; init; }

    /// <summary>A request to the registry: asked at each of them.</summary>
    public Func<bool>? RegistryRequest { get; init; }

    /// <summary>Not before the request is carried out, but when it has been, and before it is answered.</summary>
    public bool AfterRequest { get; init; }
}
