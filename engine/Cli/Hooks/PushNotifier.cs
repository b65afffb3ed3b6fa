using System.Net;
using GitOps.Triggers.Domain;

namespace GitOps.Triggers.Cli;

/// <summary>Tells the engine of a push. Never stands in the push's way: it gives up soon, and says that nothing is lost.</summary>
internal sealed class PushNotifier(Shell shell, PushNotice notice)
{
    private const string Comfort = "it will find this push at its next resync";

    /// <summary>For all branches of one push together: somebody waits for it.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    public async Task NotifyAsync(IReadOnlyList<RefUpdate> updates, CancellationToken ct)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(ct);
        patience.CancelAfter(Patience);
        try
        {
            // What a client does beside sending takes as long as the sending; and no proxy leads back to this machine.
            using var http = new HttpMessageInvoker(new SocketsHttpHandler { UseProxy = !notice.Webhook.IsLoopback, UseCookies = false, AllowAutoRedirect = false });
            var sender = new PushSender(http, notice, await ReadSecretAsync(patience.Token));
            foreach (var update in updates.Where(update => update.IsBranch))
            {
                using var reply = await sender.SendAsync(update, patience.Token);
                if (!reply.IsSuccessStatusCode)
                    Say($"the engine refused to hear of {Shown.Text(update.Ref)} ({(int)reply.StatusCode}); {Comfort}" + (reply.StatusCode == HttpStatusCode.Unauthorized ? ". Its webhook secret changed? Connect this repository again" : ""));
            }
        }
        catch (Exception failure) when (failure is HttpRequestException || (failure is OperationCanceledException && !ct.IsCancellationRequested))
        {
            Say($"the engine is not reachable; {Comfort}");
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            Say($"the webhook secret {Shown.Text(notice.SecretFile, 400)} cannot be read, so the engine was not told; {Comfort}");
        }
    }

    private async Task<byte[]> ReadSecretAsync(CancellationToken ct) =>
        (await File.ReadAllBytesAsync(notice.SecretFile, ct)).AsSpan().Trim(" \t\r\n"u8).ToArray();

    private void Say(string text) => shell.Terminal.Note("gitops-triggers: " + text);
}
