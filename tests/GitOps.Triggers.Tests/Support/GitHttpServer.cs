using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using CliWrap;
using GitOps.Triggers.Domain;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace GitOps.Triggers.Tests.Support;

/// <summary>A git host on loopback: Kestrel in front of the real <c>git http-backend</c>.</summary>
internal sealed class GitHttpServer : IAsyncDisposable
{
    private readonly WebApplication application;
    private readonly string scheme;

    private GitHttpServer(WebApplication application, string scheme) => (this.application, this.scheme) = (application, scheme);

    /// <summary>Every request: its path, and its Authorization header or nothing.</summary>
    public ConcurrentQueue<(string Path, string Authorization)> Requests { get; } = new();

    /// <summary>Answers instead of git when it returns true.</summary>
    public Func<HttpContext, bool> Instead { get; set; } = _ => false;

    public RepositoryUrl Url(string name, string host = "127.0.0.1") =>
        RepositoryUrl.Parse(string.Create(CultureInfo.InvariantCulture, $"{scheme}://{host}:{new Uri(application.Urls.First()).Port}/{name}"));

    /// <param name="root">The folder whose repositories are served.</param>
    /// <param name="certificate">None: plain HTTP.</param>
    public static async Task<GitHttpServer> StartAsync(string root, X509Certificate2? certificate = null)
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
        var server = new GitHttpServer(builder.Build(), certificate is null ? "http" : "https");
        server.application.Run(context => server.AnswerAsync(context, root));
        await server.application.StartAsync();
        return server;
    }

    /// <summary>Refuses what does not carry the token as git sends it.</summary>
    public void Demand(string token) => Instead = context =>
    {
        var expected = "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes("x-access-token:" + token));
        if (context.Request.Headers.Authorization == expected)
            return false;
        context.Response.StatusCode = 401;
        context.Response.Headers.WWWAuthenticate = "Basic realm=\"git\"";
        return true;
    };

    /// <summary>A certificate for loopback that is its own authority.</summary>
    public static X509Certificate2 SelfSigned()
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=127.0.0.1", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(IPAddress.Loopback);
        names.AddDnsName("localhost");
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        using var made = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        return X509CertificateLoader.LoadPkcs12(made.Export(X509ContentType.Pkcs12), null);
    }

    public async ValueTask DisposeAsync() => await application.DisposeAsync();

    private async Task AnswerAsync(HttpContext context, string root)
    {
        Requests.Enqueue((context.Request.Path, context.Request.Headers.Authorization.ToString()));
        if (!Instead(context))
            await RunBackendAsync(context, root);
    }

    private static async Task RunBackendAsync(HttpContext context, string root)
    {
        var request = context.Request;
        using var answer = new MemoryStream();
        await CliWrap.Cli.Wrap("git")
            .WithArguments(["-c", "safe.directory=*", "http-backend"])
            .WithEnvironmentVariables(environment => environment
                .Set("GIT_PROJECT_ROOT", root).Set("GIT_HTTP_EXPORT_ALL", "1").Set("PATH_INFO", request.Path)
                .Set("QUERY_STRING", request.QueryString.ToString().TrimStart('?')).Set("REQUEST_METHOD", request.Method)
                .Set("CONTENT_TYPE", request.ContentType).Set("GIT_PROTOCOL", request.Headers["Git-Protocol"].ToString())
                .Set("HTTP_CONTENT_ENCODING", request.Headers.ContentEncoding.ToString()).Set("REMOTE_ADDR", "127.0.0.1"))
            .WithStandardInputPipe(PipeSource.FromStream(request.Body))
            .WithStandardOutputPipe(PipeTarget.ToStream(answer))
            .WithValidation(CommandResultValidation.None)
            .ExecuteAsync(context.RequestAborted);
        await WriteCgiAsync(context.Response, answer.ToArray());
    }

    private static async Task WriteCgiAsync(HttpResponse response, byte[] answer)
    {
        var end = answer.AsSpan().IndexOf("\r\n\r\n"u8);
        foreach (var line in Encoding.ASCII.GetString(answer, 0, end).Split("\r\n"))
        {
            var (name, value) = (line[..line.IndexOf(':')], line[(line.IndexOf(':') + 1)..].Trim());
            if (name == "Status")
                response.StatusCode = int.Parse(value[..3], CultureInfo.InvariantCulture);
            else
                response.Headers[name] = value;
        }
        await response.Body.WriteAsync(answer.AsMemory(end + 4));
    }
}
