using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Security.Cryptography.X509Certificates;
using GitOps.Triggers.Domain;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace GitOps.Triggers.Tests.Registries;

/// <summary>A registry on loopback that holds what the test says, asks for what the test says, and fails as the test says.</summary>
internal sealed class RegistryServer : IAsyncDisposable
{
    private const string OciManifest = "application/vnd.oci.image.manifest.v1+json";

    private readonly WebApplication application;

    private RegistryServer(WebApplication application) => this.application = application;

    public string Host => $"127.0.0.1:{new Uri(application.Urls.First()).Port.ToString(CultureInfo.InvariantCulture)}";

    public string Url => application.Urls.First();

    public ConcurrentQueue<RegistryRequest> Requests { get; } = new();

    /// <summary>As <c>path@digest</c>.</summary>
    public HashSet<string> Images { get; } = [];

    /// <summary>The header of a 401; none: anybody may ask.</summary>
    public string? Challenge { get; set; }

    /// <summary>Who is let in, by the Authorization header, where there is a challenge.</summary>
    public Func<string, bool> Admits { get; set; } = _ => false;

    /// <summary>What <c>/token</c> answers.</summary>
    public Func<RegistryRequest, (int Status, string Body)> Token { get; set; } = _ => (404, "");

    /// <summary>Answers in the registry's place when it returns true.</summary>
    public Func<HttpContext, Task<bool>> Instead { get; set; } = _ => Task.FromResult(false);

    /// <param name="certificate">None: it speaks http.</param>
    public static async Task<RegistryServer> StartAsync(X509Certificate2? certificate = null)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen =>
        {
            listen.Protocols = HttpProtocols.Http1;
            if (certificate is not null)
                listen.UseHttps(certificate);
        }));
        builder.Services.Configure<Microsoft.Extensions.Hosting.HostOptions>(options => options.ShutdownTimeout = TimeSpan.FromSeconds(1));
        var server = new RegistryServer(builder.Build());
        server.application.Run(server.AnswerAsync);
        await server.application.StartAsync();
        return server;
    }

    /// <summary>An image that it holds.</summary>
    public ImageReference Hold(string path, char digit = 'a')
    {
        var image = Image(path, digit);
        Images.Add($"{path}@{image.Digest}");
        return image;
    }

    /// <summary>An image by a name of this registry, held or not.</summary>
    public ImageReference Image(string path, char digit = 'f') => ImageReference.Parse($"{Host}/{path}@sha256:{new string(digit, 64)}");

    public void Fail(int status, int times, string? retryAfter = null)
    {
        var left = times;
        Instead = context =>
        {
            if (Interlocked.Decrement(ref left) < 0)
                return Task.FromResult(false);
            context.Response.StatusCode = status;
            if (retryAfter is not null)
                context.Response.Headers.RetryAfter = retryAfter;
            return Task.FromResult(true);
        };
    }

    /// <summary>Reads the request and closes the connection.</summary>
    public void LoseAnswers(int times)
    {
        var left = times;
        Instead = context =>
        {
            if (Interlocked.Decrement(ref left) < 0)
                return Task.FromResult(false);
            context.Abort();
            return Task.FromResult(true);
        };
    }

    /// <summary>Takes requests and never answers.</summary>
    public void FallSilent() => Instead = async context =>
    {
        var gone = new TaskCompletionSource();
        context.RequestAborted.Register(gone.SetResult);
        await gone.Task;
        return true;
    };

    public void Redirect(string target) => Instead = context =>
    {
        if (!context.Request.Path.StartsWithSegments("/v2"))
            return Task.FromResult(false);
        context.Response.StatusCode = StatusCodes.Status307TemporaryRedirect;
        context.Response.Headers.Location = target + context.Request.Path;
        return Task.FromResult(true);
    };

    public async ValueTask DisposeAsync() => await application.DisposeAsync();

    private async Task AnswerAsync(HttpContext context)
    {
        var request = await ReadAsync(context.Request);
        Requests.Enqueue(request);
        if (await Instead(context))
            return;
        if (context.Request.Path == "/token")
            await WriteAsync(context, Token(request));
        else if (Challenge is { } challenge && !Admits(request.Authorization))
        {
            context.Response.Headers.WWWAuthenticate = challenge;
            await WriteAsync(context, (401, """{"errors":[{"code":"UNAUTHORIZED","message":"authentication required"}]}"""));
        }
        else
            await ShowAsync(context);
    }

    private async Task ShowAsync(HttpContext context)
    {
        var parts = context.Request.Path.Value!.Split("/manifests/");
        if (parts is ["/v2/"])
            await WriteAsync(context, (200, "{}"));
        else if (parts is [var path, var digest] && Images.Contains($"{path["/v2/".Length..]}@{digest}"))
        {
            context.Response.Headers["Docker-Content-Digest"] = digest;
            context.Response.ContentType = OciManifest;
            context.Response.ContentLength = 2;
            if (!HttpMethods.IsHead(context.Request.Method))
                await context.Response.WriteAsync("{}");
        }
        else
            await WriteAsync(context, (404, """{"errors":[{"code":"MANIFEST_UNKNOWN","message":"manifest unknown"}]}"""));
    }

    private static async Task WriteAsync(HttpContext context, (int Status, string Body) answer)
    {
        context.Response.StatusCode = answer.Status;
        context.Response.ContentType = "application/json";
        if (!HttpMethods.IsHead(context.Request.Method))
            await context.Response.WriteAsync(answer.Body);
    }

    private static async Task<RegistryRequest> ReadAsync(HttpRequest request)
    {
        using var reader = new StreamReader(request.Body);
        return new RegistryRequest
        {
            Method = request.Method,
            Path = request.Path + request.QueryString,
            Authorization = request.Headers.Authorization.ToString(),
            Accept = request.Headers.Accept.ToString(),
            Body = await reader.ReadToEndAsync(),
        };
    }
}
