using System.Collections.Concurrent;
using System.Globalization;
using GitOps.Triggers.Builds;
using GitOps.Triggers.Domain;
using GitOps.Triggers.Logs;

namespace GitOps.Triggers.Tests.Pipeline;

/// <summary>Builds at once and well, each time another image, unless the test says otherwise.</summary>
internal sealed class ScriptedBuilder(Action<ImageReference, InputHash> stored) : IImageBuilder
{
    private readonly ConcurrentQueue<InputHash> begun = new();
    private int images;

    /// <summary>What becomes of the next builds.</summary>
    public Func<BuildRequest, CancellationToken, Task<StageResult<BuiltImage>>>? Next { get; set; }

    public int Begun => begun.Count;

    public Task<StageResult<BuiltImage>> BuildAsync(BuildRequest request, LogFile log, CancellationToken ct)
    {
        begun.Enqueue(request.Inputs.Hash);
        log.Note("building");
        return Next?.Invoke(request, ct) ?? Task.FromResult(Succeed(request));
    }

    public StageResult<BuiltImage> Succeed(BuildRequest request)
    {
        var number = Interlocked.Increment(ref images);
        var image = ImageReference.Parse("sha256:" + number.ToString(CultureInfo.InvariantCulture).PadLeft(64, '0'));
        stored(image, request.Inputs.Hash);
        return new StageResult<BuiltImage>.Done(new BuiltImage { Hash = request.Inputs.Hash, Image = image, Builder = "test", Took = TimeSpan.Zero });
    }

    /// <summary>A step fails.</summary>
    public static Task<StageResult<BuiltImage>> Reject() => Task.FromResult<StageResult<BuiltImage>>(new StageResult<BuiltImage>.Rejected(
        [new Finding { File = "Dockerfile", Line = 2, Message = "the step 'RUN make' failed with exit code 2.", Fix = "Mend the step." }]));

    /// <summary>The registry of the base image does not answer.</summary>
    public static Task<StageResult<BuiltImage>> Fail() => Task.FromResult<StageResult<BuiltImage>>(new StageResult<BuiltImage>.Retry(null, "no such host"));
}
