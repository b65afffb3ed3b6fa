using GitOps.Triggers.Containers;
using GitOps.Triggers.Domain;
using GitOps.Triggers.Logs;

namespace GitOps.Triggers.Builds;

/// <summary>What the pipeline builds with: the chosen builder.</summary>
internal sealed class ImageBuilder(BuilderChoice choice) : IImageBuilder
{
    public async Task<StageResult<BuiltImage>> BuildAsync(BuildRequest request, LogFile log, CancellationToken ct)
    {
        try
        {
            var chosen = await choice.ChooseAsync(ct).ConfigureAwait(false);
            log.Note($"--- builder: {chosen.Title}: {chosen.Reason} ---");
            var result = await chosen.Builder.BuildAsync(request, log, ct).ConfigureAwait(false);
            if (result is StageResult<BuiltImage>.Retry)
                choice.Forget();
            return result;
        }
        catch (ContainerException e)
        {
            log.Note($"--- to be tried again: {e.Message} ---");
            return new StageResult<BuiltImage>.Retry(null, e.Message);
        }
    }
}
