using System.Collections.Concurrent;
using System.Globalization;
using GitOps.Triggers.Builds;
using GitOps.Triggers.Domain;
using GitOps.Triggers.Logs;

namespace GitOps.Triggers.Tests.Pipeline;

/// <summary>
/// Builds at once and well, unless the test says otherwise; each time another image, also for equal inputs: what was built again cannot
/// pass for what was built once.
/// </summary>
/// <param name="store">The folder of a <see cref="PodmanStore"/>, which takes the images.</param>
internal sealed class ScriptedBuilder(string store) : IImageBuilder
{
    private int images;

    /// <summary>The triggers that a build was begun for, in this order.</summary>
    public ConcurrentQueue<string> Built { get; } = new();

    /// <summary>What a build does before it ends; it may throw, or never end.</summary>
    public Func<BuildRequest, CancellationToken, Task> Meanwhile { get; set; } = (_, _) => Task.CompletedTask;

    /// <summary>What becomes of the next builds.</summary>
    public Func<BuildRequest, CancellationToken, Task<StageResult<BuiltImage>>>? Next { get; set; }

    public int Begun => Built.Count;

    public async Task<StageResult<BuiltImage>> BuildAsync(BuildRequest request, LogFile log, CancellationToken ct)
    {
        Built.Enqueue(request.Trigger.Value);
        log.Note("building");
        await Meanwhile(request, ct);
        return Next is null ? Succeed(request) : await Next(request, ct);
    }

    public StageResult<BuiltImage> Succeed(BuildRequest request)
    {
        var number = Interlocked.Increment(ref images);
        var image = ImageReference.Parse("sha256:" + number.ToString(CultureInfo.InvariantCulture).PadLeft(64, '0'));
        File.WriteAllText(PodmanStore.FileOf(store, image), request.Inputs.Hash.Value);
        return new StageResult<BuiltImage>.Done(new BuiltImage { Image = image, Builder = "test" });
    }

    /// <summary>A step fails.</summary>
    public static Task<StageResult<BuiltImage>> Reject() => Task.FromResult<StageResult<BuiltImage>>(new StageResult<BuiltImage>.Rejected(
        [new Finding { File = "Dockerfile", Line = 2, Message = "the step 'RUN make' failed with exit code 2.", Fix = "Mend the step." }]));

    /// <summary>The registry of the base image does not answer.</summary>
    public static Task<StageResult<BuiltImage>> Fail() => Task.FromResult<StageResult<BuiltImage>>(new StageResult<BuiltImage>.Retry(null, "no such host"));
}
