using System.Net;
using GitOps.Triggers.Domain;
using GitOps.Triggers.Tests.Support;
using GitOps.Triggers.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace GitOps.Triggers.Tests.Web;

/// <summary>The guard of the API on a real socket, before an endpoint that takes a body as the API's own do.</summary>
internal sealed class GuardedApi : IAsyncDisposable
{
    public const int Limit = 4096;

    private readonly WebApplication app;
    private readonly TempFolder data;

    private GuardedApi(WebApplication app, TempFolder data)
    {
        (this.app, this.data) = (app, data);
        Address = new Uri(app.Urls.Single());
        Http = new HttpClient { BaseAddress = Address, Timeout = TimeSpan.FromSeconds(30) };
    }

    public Uri Address { get; }

    public HttpClient Http { get; }

    public string Token => File.ReadAllText(ApiToken.FileIn(data.Path)).Trim();

    /// <summary>How many requests came through to the endpoint.</summary>
    public int Served { get; private set; }

    public static async Task<GuardedApi> StartAsync()
    {
        var data = new TempFolder();
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        builder.Services.ConfigureHttpJsonOptions(json => WebJson.Configure(json.SerializerOptions));
        builder.Services.AddSingleton(ApiToken.OpenOrCreate(data.Path, new SecretVault()));
        builder.Services.AddSingleton(new Limits { ApiBody = Limit });
        var app = builder.Build();
        app.GuardApi();
        GuardedApi? api = null;
        app.MapPost("/api/v1/runs", (RunRequest request) =>
        {
            api!.Served++;
            return request.Trigger.Length > 0 ? Results.Ok(request) : throw ProblemException.NotFound("There is no such trigger.", "See status.");
        });
        app.MapGet("/healthz", () => "ok");
        await app.StartAsync();
        return api = new GuardedApi(app, data);
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await app.DisposeAsync();
        data.Dispose();
    }
}
