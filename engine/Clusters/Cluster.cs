using System.Net;
using GitOps.Triggers.Domain;
using k8s;
using k8s.Autorest;

namespace GitOps.Triggers.Clusters;

/// <summary>One cluster. Connects at the first call, and anew when the kubeconfig has changed or its credentials are refused.</summary>
internal sealed class Cluster(ClusterAccess access, TimeProvider time) : IDisposable
{
    /// <summary>A refusal reads the credentials anew at most this often.</summary>
    private static readonly TimeSpan BetweenRenewals = TimeSpan.FromSeconds(10);

    private readonly Lock connecting = new();
    private Connection? current;

    /// <summary>For people.</summary>
    public string Name => access.ToString();

    /// <param name="what">What is tried, in words that follow "could not": <c>list the Jobs in trg-a-prod</c>.</param>
    /// <param name="call">The call.</param>
    /// <param name="ct">Ends the call.</param>
    /// <exception cref="ClusterException">It failed, after the usual retries.</exception>
    public async Task<T> CallAsync<T>(string what, Func<Kubernetes, Task<T>> call, CancellationToken ct)
    {
        var connection = Connect();
        try
        {
            try
            {
                return await call(connection.Client);
            }
            catch (HttpOperationException refused) when (refused.Response.StatusCode == HttpStatusCode.Unauthorized && Renew(connection) is { } renewed)
            {
                return await call(renewed.Client);
            }
        }
        catch (Exception thrown) when (ClusterFailures.IsFailure(thrown, ct))
        {
            throw ClusterFailures.Of(what, Name, thrown);
        }
    }

    /// <summary>As <see cref="CallAsync{T}"/>, where the thing not being there is an answer.</summary>
    /// <returns>None when it is not there.</returns>
    public async Task<T?> FindAsync<T>(string what, Func<Kubernetes, Task<T>> call, CancellationToken ct)
        where T : class
    {
        try
        {
            return await CallAsync(what, call, ct);
        }
        catch (ClusterException missing) when (missing.Kind == ClusterFailureKind.NotFound)
        {
            return null;
        }
    }

    /// <summary>A watch or a log, by the connection of now. What it throws is the client's own: see <see cref="ClusterFailures"/>.</summary>
    public T Stream<T>(Func<Kubernetes, T> open) => open(Connect().Client);

    public void Dispose() => current?.Client.Dispose();

    private Connection Connect()
    {
        lock (connecting)
            return current is not null && current.Version == VersionOfFile() ? current : Open();
    }

    /// <returns>None when there is nothing newer to try.</returns>
    private Connection? Renew(Connection refused)
    {
        lock (connecting)
        {
            if (current != refused)
                return current;
            return time.GetElapsedTime(refused.OpenedAt) < BetweenRenewals ? null : Open();
        }
    }

    // The connection before it is not disposed of, since others may be reading from it: it goes when the last of them lets go.
    private Connection Open() => current = new Connection(new Kubernetes(Kubeconfig.Read(access), ClusterRetries.Handler(time)), VersionOfFile(), time.GetTimestamp());

    // Of the file behind the links: a mounted Secret is renewed by pointing a link elsewhere.
    private DateTime VersionOfFile() => access.Kubeconfig is { } file
        ? (new FileInfo(file).ResolveLinkTarget(returnFinalTarget: true) ?? new FileInfo(file)).LastWriteTimeUtc
        : default;

    private sealed record Connection(Kubernetes Client, DateTime Version, long OpenedAt);
}
