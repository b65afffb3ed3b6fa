using System.Net;
using System.Text.Json.Nodes;
using k8s;
using k8s.Models;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Logging;

namespace GitOps.Triggers.Tests.Support.ApiServer;

/// <summary>
/// A Kubernetes API on loopback, kept in memory, for what this project uses of it. <c>ApiAgreement</c> holds it and a real one to
/// the same promises.
/// </summary>
internal sealed class ApiServer : IAsyncDisposable
{
    private readonly CancellationTokenSource stopping = new();
    private readonly TempFolder folder = new();
    private readonly Faults faults = new();
    private readonly Cluster cluster;
    private readonly Endpoint endpoint;
    private readonly WebApplication application;

    private ApiServer(TimeProvider time)
    {
        cluster = new Cluster(time);
        endpoint = new Endpoint(cluster, Requests, faults);
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        application = builder.Build();
        application.Run(context => endpoint.AnswerAsync(context, stopping.Token));
    }

    public string Url => application.Urls.First();

    public Requests Requests { get; } = new();

    /// <summary>The token that is asked for; may change at any time. Empty: everyone is let in.</summary>
    public string Token { get => endpoint.Token; set => endpoint.Token = value; }

    /// <summary>The answer to access reviews, by their <c>resourceAttributes</c>. Everything is allowed if not said.</summary>
    public Func<JsonObject, bool> Allows { get => cluster.Allows; set => cluster.Allows = value; }

    /// <param name="time">For timestamps and for the end of watches.</param>
    public static async Task<ApiServer> StartAsync(TimeProvider? time = null)
    {
        var server = new ApiServer(time ?? TimeProvider.System);
        await server.application.StartAsync();
        return server;
    }

    /// <summary>A client with the token that is asked for now.</summary>
    public Kubernetes Client() => new(new KubernetesClientConfiguration { Host = Url, AccessToken = Token.Length > 0 ? Token : null });

    /// <summary>A file that says where the server is, with the token that is asked for now.</summary>
    public string KubeconfigFile() => folder.Write("kubeconfig", Kubeconfig.Text(Url, Token));

    /// <summary>Writes as someone else may, status and all; the manager owns what changed then. The namespace is made when it is missing.</summary>
    public T Put<T>(T value, string manager = "someone")
        where T : IKubernetesObject<V1ObjectMeta> => Read<T>(cluster.Writes.Put(Resource.Of<T>(), (JsonObject)JsonNode.Parse(KubernetesJson.Serialize(value))!, manager));

    /// <summary>Changes one object as someone else may.</summary>
    public T Change<T>(string space, string name, Action<T> change, string manager = "someone")
        where T : class, IKubernetesObject<V1ObjectMeta>
    {
        var value = Get<T>(space, name) ?? throw new ArgumentException($"there is no {typeof(T).Name} {space}/{name}");
        change(value);
        return Put(value, manager);
    }

    public void Delete<T>(string space, string name)
        where T : IKubernetesObject<V1ObjectMeta> => cluster.Delete(Resource.Of<T>(), space, name);

    public T? Get<T>(string space, string name)
        where T : class, IKubernetesObject<V1ObjectMeta> => cluster.Store.Find(Resource.Of<T>(), space, name) is { } found ? Read<T>(found) : null;

    /// <summary>All of that kind in a namespace, or everywhere, by name.</summary>
    public IReadOnlyList<T> Objects<T>(string space = "")
        where T : IKubernetesObject<V1ObjectMeta> => [.. cluster.Store.List(Resource.Of<T>(), space).Select(Read<T>)];

    /// <summary>The log of a container, to be written to; until asked for, the container has not started.</summary>
    public PodLog Log(string space, string pod, string container) => cluster.Logs.Of(space, pod, container);

    /// <summary>Answers with a failure instead of carrying the request out. Retry-After is in seconds.</summary>
    public void Fail(Func<ApiRequest, bool> hits, int status, int times = 1, string? message = null, int? retryAfter = null) =>
        faults.Add(new Fault(hits, times) { Status = status, Message = message, RetryAfter = retryAfter });

    /// <summary>Loses the connection before the request is carried out.</summary>
    public void Drop(Func<ApiRequest, bool> hits, int times = 1) => faults.Add(new Fault(hits, times) { IsDropped = true });

    /// <summary>Carries the request out, and loses the connection then.</summary>
    public void LoseAnswer(Func<ApiRequest, bool> hits, int times = 1) => faults.Add(new Fault(hits, times) { LosesAnswer = true });

    /// <summary>The client ends at a request, before it is carried out or afterwards.</summary>
    public void End(Func<Task> client, Func<ApiRequest, bool> hits, bool afterwards) =>
        faults.Add(new Fault(hits, 1) { IsDropped = !afterwards, LosesAnswer = afterwards, Meanwhile = client });

    /// <summary>Lets the request wait until the returned source is completed.</summary>
    public TaskCompletionSource Hold(Func<ApiRequest, bool> hits, int times = 1)
    {
        var until = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        faults.Add(new Fault(hits, times) { Until = until.Task });
        return until;
    }

    /// <summary>Forgets the past, as etcd does: older versions cannot be watched from nor listed on.</summary>
    public void Compact() => cluster.Compact();

    /// <summary>Ends when so many watches are open: from then on they tell of all that happens.</summary>
    public Task WatchesOpenAsync(int count = 1) => cluster.Watches.OpenAsync(count, TimeSpan.FromSeconds(30));

    /// <summary>Has the open watches do that, after all that happened before.</summary>
    public void TellWatches(WatchOrder order, Func<ApiRequest, bool>? which = null) => cluster.Watches.Tell(order, which);

    public async ValueTask DisposeAsync()
    {
        await stopping.CancelAsync();
        await application.DisposeAsync();
        stopping.Dispose();
        folder.Dispose();
    }

    private static T Read<T>(JsonObject value) => KubernetesJson.Deserialize<T>(value.ToJsonString());
}
