using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using GitOps.Triggers.Builds;
using GitOps.Triggers.Domain;
using GitOps.Triggers.Logs;

namespace GitOps.Triggers.Tests.Pipeline;

/// <summary>A builder that makes an image of another digest each time, also for equal inputs: what was built again cannot pass for what was built once.</summary>
internal sealed class KeepingBuilder(string store) : IImageBuilder
{
    private int number;

    /// <summary>The triggers that something was built for, in this order.</summary>
    public ConcurrentQueue<string> Built { get; } = new();

    /// <summary>What a build does before it ends; it may throw, or never end.</summary>
    public Func<BuildRequest, CancellationToken, Task> Meanwhile { get; set; } = (_, _) => Task.CompletedTask;

    public async Task<StageResult<BuiltImage>> BuildAsync(BuildRequest request, LogFile log, CancellationToken ct)
    {
        Built.Enqueue(request.Trigger.Value);
        await Meanwhile(request, ct);
        var content = string.Create(CultureInfo.InvariantCulture, $"{request.Inputs.Hash}, build {Interlocked.Increment(ref number)}");
        var image = ImageReference.Parse("sha256:" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(content))));
        await File.WriteAllTextAsync(PodmanStore.FileOf(store, image), request.Inputs.Hash.Value, ct);
        return new StageResult<BuiltImage>.Done(new BuiltImage { Hash = request.Inputs.Hash, Image = image, Builder = "test", Took = TimeSpan.Zero });
    }
}
