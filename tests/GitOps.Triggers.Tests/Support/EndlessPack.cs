using System.Globalization;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace GitOps.Triggers.Tests.Support;

/// <summary>A git host that answers a fetch with a pack of one object which never ends.</summary>
internal sealed class EndlessPack(string repository)
{
    private const int LongestPacket = 65_000;

    private long sent;
    private int asked;

    /// <summary>Bytes that were handed over so far.</summary>
    public long Sent => Interlocked.Read(ref sent);

    /// <summary>Sends no more than this and then keeps the connection open; none: goes on for as long as somebody reads.</summary>
    public long? StallsAfter { get; init; }

    /// <summary>For <see cref="GitHttpServer.Instead"/>. What is asked first is the list of branches, and is the real git's to answer.</summary>
    public bool Answer(HttpContext context)
    {
        if (context.Request.Method != HttpMethods.Post || !context.Request.Path.StartsWithSegments("/" + repository, StringComparison.Ordinal) || Interlocked.Increment(ref asked) == 1)
            return false;
        context.Response.ContentType = "application/x-git-upload-pack-result";
        try
        {
            SendAsync(context).GetAwaiter().GetResult();
        }
        catch (Exception e) when (e is OperationCanceledException or IOException)
        {
            // Whoever asked has had enough.
        }
        return true;
    }

    private async Task SendAsync(HttpContext context)
    {
        await PacketAsync(context, "packfile\n"u8.ToArray());
        // Version 2, one object, a blob that says it has 2^60 bytes.
        await PacketAsync(context, [1, .. "PACK"u8, 0, 0, 0, 2, 0, 0, 0, 1, 0xB0, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x01]);
        var packed = new MemoryStream();
        using var zip = new ZLibStream(packed, CompressionLevel.NoCompression);
        var piece = new byte[1 << 20];
        while (true)
        {
            RandomNumberGenerator.Fill(piece);
            zip.Write(piece);
            zip.Flush();
            foreach (var chunk in packed.ToArray().Chunk(LongestPacket))
                await PacketAsync(context, [1, .. chunk]);
            packed.SetLength(0);
            if (Sent > StallsAfter)
                await Task.Delay(Timeout.Infinite, context.RequestAborted);
        }
    }

    private async Task PacketAsync(HttpContext context, byte[] content)
    {
        byte[] packet = [.. Encoding.ASCII.GetBytes((content.Length + 4).ToString("x4", CultureInfo.InvariantCulture)), .. content];
        await context.Response.Body.WriteAsync(packet, context.RequestAborted);
        Interlocked.Add(ref sent, packet.Length);
    }
}
