using System.IO.Pipelines;
using System.Text;
using CsCheck;
using GitOps.Triggers.Tests.Webhooks;
using GitOps.Triggers.Webhooks;
using Xunit;

namespace GitOps.Triggers.Tests.Fuzzing;

/// <summary>A webhook's body below a line with the event's name: refused, or read to the values that stand in it, however it is cut into pieces.</summary>
internal sealed class WebhookBodyTarget : FuzzTarget
{
    private static readonly byte[][] NoSecrets = [];

    public override string Name => "webhook-body";

    public override int Share => 450;

    public override Gen<byte[]> Inputs { get; } = Edits.Of(Seeds(),
    [
        "\"ref\":\"refs/heads/main\",", "\"ref\":", "\"ref_type\":\"branch\",", "\"deleted\":true,", "\"action\":\"closed\",", "\"merged\":true,", "\"pull_request\":{", "\"base\":{\"ref\":\"prod\"},", "\"repository\":{", "\"full_name\":\"a/b\",",
        "\"clone_url\":\"https://github.com/a/b.git\",", "\"ssh_url\":\"git@github.com:a/b.git\",", "\"html_url\":", "\"url\":", "\"\\u0000\"", "\"\\ud83d\"", "\"r\\u0065f\":", "[[[[[[[[[[[[[[[[", "{\"a\":{\"a\":{\"a\":", "{}", "[]", "null,", "-0", "1E400", "/*a*/", "//a\n",
        "refs/tags/", "refs/heads/", "..", "@{", ".lock", "push\n", "delete\n", "pull_request\n", "ping\n", "\\", "\\u", "\\u12",
    ]);

    public override void Check(byte[] input)
    {
        var end = Array.IndexOf(input, (byte)'\n');
        var name = Encoding.UTF8.GetString(input, 0, Math.Max(end, 0));
        var body = input[(end + 1)..];
        var whole = PayloadReaderSpecs.Read(body, int.MaxValue);
        var intent = DeliveryReader.Read(name, whole.Payload);
        Assert.NotNull(intent);
        // The last byte decides, so that the same input is always cut alike.
        Same(whole, Streamed(body, body.Length > 2_000 ? 4_096 : 1 + (body.Length == 0 ? 0 : body[^1])));
        var (expected, readable) = PlainPayload.Read(body);
        Assert.Equal(readable, whole.Problem is null);
        if (readable)
            Assert.Equal(expected, whole.Payload);
        else
            Assert.False(whole.Problem!.Any(char.IsControl), whole.Problem);
    }

    private static void Same(PayloadReader one, PayloadReader other)
    {
        Assert.Equal(one.Problem is null, other.Problem is null);
        if (one.Problem is null)
            Assert.Equal(one.Payload, other.Payload);
    }

    /// <summary>As it comes from a socket: hashed and read piece by piece.</summary>
    private static PayloadReader Streamed(byte[] body, int pieces)
    {
        var reader = new PayloadReader();
        using var signature = SignatureCheck.Start("sha256=" + new string('0', 64), NoSecrets)!;
        using var stream = new MemoryStream(body);
        var pipe = PipeReader.Create(stream, new StreamPipeReaderOptions(bufferSize: pieces, minimumReadSize: 1));
        Assert.True(RequestBody.ReadAsync(pipe, long.MaxValue, signature, reader, CancellationToken.None).GetAwaiter().GetResult());
        pipe.Complete();
        return reader;
    }

    private static IReadOnlyList<byte[]> Seeds() => [.. FuzzSeeds.Webhooks(), .. Corpus.Of("webhook-body")];
}
