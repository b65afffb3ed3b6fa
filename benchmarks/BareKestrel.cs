using System.Net;
using System.Text;
using GitOps.Triggers.Webhooks;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Logging;

namespace GitOps.Triggers.Benchmarks;

/// <summary>The physical limit of the intake: the engine's web server and check of the signature, with nothing read from the body and nothing stored.</summary>
internal static class BareKestrel
{
    public static async Task<int> ServeAsync(int port, string secretFile)
    {
        IReadOnlyList<byte[]> secrets = [Encoding.UTF8.GetBytes((await File.ReadAllTextAsync(secretFile)).Trim())];
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, port, listen => listen.Protocols = HttpProtocols.Http1));
        await using var application = builder.Build();
        application.Run(http => AnswerAsync(http, secrets));
        await application.RunAsync();
        return 0;
    }

    private static async Task AnswerAsync(HttpContext http, IReadOnlyList<byte[]> secrets)
    {
        using var signature = SignatureCheck.Start(http.Request.Headers["X-Hub-Signature-256"], secrets);
        while (true)
        {
            var read = await http.Request.BodyReader.ReadAsync(http.RequestAborted);
            signature?.Append(read.Buffer);
            http.Request.BodyReader.AdvanceTo(read.Buffer.End);
            if (read.IsCompleted)
                break;
        }
        http.Response.StatusCode = signature?.IsValid() is true ? StatusCodes.Status202Accepted : StatusCodes.Status401Unauthorized;
        http.Response.ContentLength = 0;
    }
}
