using System.Net;
using GitOps.Triggers.Domain;
using GitOps.Triggers.Tests.Intake;
using GitOps.Triggers.Tests.Support;
using GitOps.Triggers.Webhooks;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace GitOps.Triggers.Tests.Webhooks;

/// <summary>The webhook endpoint behind a real Kestrel on loopback, before a real database.</summary>
internal sealed class WebhookDoor : IAsyncDisposable
{
    public const string Secret = "It's a Secret to Everybody";

    private readonly WebApplication application;
    private readonly TempFolder secrets;

    private WebhookDoor(WebApplication application, IntakeEngine engine, TempFolder secrets)
    {
        (this.application, Engine, this.secrets) = (application, engine, secrets);
        Address = new Uri(application.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());
        Http = new HttpClient { BaseAddress = Address, Timeout = TimeSpan.FromSeconds(30) };
    }

    public IntakeEngine Engine { get; }

    public Uri Address { get; }

    public HttpClient Http { get; }

    public string SecretFile => secrets["one"];

    public string OtherSecretFile => secrets["two"];

    public static async Task<WebhookDoor> OpenAsync(EngineConfiguration? configuration = null, TimeProvider? time = null)
    {
        var secrets = new TempFolder();
        var settings = (configuration ?? IntakeEngine.DevAndProd) with
        {
            WebhookSecretFiles = [secrets.Write("one", Secret + "\n"), secrets.Write("two", "the second one, of 32 characters")],
        };
        var engine = await IntakeEngine.StartAsync(settings, time);
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        var endpoint = new WebhookEndpoint(new WebhookSecrets(settings, engine.Secrets, NullLogger<WebhookSecrets>.Instance), engine.Intake, settings, engine.Events, NullLogger<WebhookEndpoint>.Instance);
        builder.Services.AddSingleton(endpoint);
        var application = builder.Build();
        application.MapGitHubWebhooks();
        await application.StartAsync();
        return new WebhookDoor(application, engine, secrets);
    }

    public async Task<HttpResponseMessage> SendAsync(SignedDelivery delivery)
    {
        using var request = delivery.Request();
        return await Http.SendAsync(request);
    }

    public async Task<HttpStatusCode> StatusAsync(SignedDelivery delivery)
    {
        using var response = await SendAsync(delivery);
        return response.StatusCode;
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await application.StopAsync();
        await application.DisposeAsync();
        await Engine.DisposeAsync();
        secrets.Dispose();
    }
}
