using GitOps.Triggers.Containers;
using GitOps.Triggers.Domain;

namespace GitOps.Triggers.Builds;

/// <summary>
/// Decides what builds images. <c>auto</c> takes Kaniko where its image is there or can be pulled, else podman or docker themselves. Asked once and
/// remembered; asked again after <see cref="Forget"/>, and for Kaniko's sake once in a while. A pull that failed is not tried again before that, however
/// many builds fail meanwhile: where nothing answers it takes minutes, and every build waits for it.
/// </summary>
internal sealed partial class BuilderChoice(
    EngineConfiguration configuration, ContainerEngineLocator engines, Func<IKanikoLauncher> onCluster, ISecretMask mask, TimeProvider time, ILogger<BuilderChoice> logger) : IDisposable
{
    private static readonly TimeSpan BetweenPulls = TimeSpan.FromHours(1);

    private readonly SemaphoreSlim asking = new(1);
    private volatile ChosenBuilder? chosen;
    private (DateTimeOffset Until, string Problem)? withoutKaniko;

    /// <summary>What was chosen last; none before the first build, or since it did not work.</summary>
    public ChosenBuilder? Known => chosen;

    /// <exception cref="ContainerException">There is nothing to build with; says why.</exception>
    public async Task<ChosenBuilder> ChooseAsync(CancellationToken ct)
    {
        await asking.WaitAsync(ct).ConfigureAwait(false);
        try
        {
            if (chosen is { } known && (withoutKaniko is null || time.GetUtcNow() < withoutKaniko.Value.Until))
                return known;
            var asked = await AskAsync(ct).ConfigureAwait(false);
            LogChosen(asked.Title, asked.Reason);
            return chosen = asked;
        }
        finally
        {
            asking.Release();
        }
    }

    /// <summary>What was chosen does not work: something may have changed.</summary>
    public void Forget() => chosen = null;

    public void Dispose() => asking.Dispose();

    private async Task<ChosenBuilder> AskAsync(CancellationToken ct)
    {
        var kind = configuration.Builder.Kind;
        if (kind == BuilderKind.Kubernetes)
            return Kaniko(onCluster(), $"a Job for each build, in {configuration.Builder.Cluster!.Namespace} of {configuration.Builder.Cluster.Access}");
        var refusal = DirectKanikoConditions.Here(configuration).Refusal;
        if (kind != BuilderKind.Local && refusal is null)
            return Kaniko(new DirectKanikoLauncher(DirectKanikoConditions.Executor, configuration, mask, time), "the engine stands in a container made for one build");
        var engine = await engines.RequireAsync(ct).ConfigureAwait(false);
        return kind switch
        {
            BuilderKind.Local => Local(engine, "builder.kind is local"),
            BuilderKind.Kaniko => Kaniko(engine, await EnsureImageAsync(engine, ct).ConfigureAwait(false)),
            _ => await KanikoOrLocalAsync(engine, ct).ConfigureAwait(false),
        };
    }

    private async Task<ChosenBuilder> KanikoOrLocalAsync(ContainerEngine engine, CancellationToken ct)
    {
        if (withoutKaniko is { } lately && time.GetUtcNow() < lately.Until && await engine.FindImageAsync(configuration.Builder.KanikoImage, ct).ConfigureAwait(false) is null)
            return InsteadOfKaniko(engine, lately.Problem);
        try
        {
            var kaniko = Kaniko(engine, await EnsureImageAsync(engine, ct).ConfigureAwait(false));
            withoutKaniko = null;
            return kaniko;
        }
        catch (ContainerException e)
        {
            return WithoutKaniko(engine, e.Message);
        }
    }

    private ChosenBuilder WithoutKaniko(ContainerEngine engine, string problem)
    {
        withoutKaniko = (time.GetUtcNow() + BetweenPulls, problem);
        return InsteadOfKaniko(engine, problem);
    }

    private ChosenBuilder InsteadOfKaniko(ContainerEngine engine, string problem) =>
        Local(engine, $"Kaniko's image {configuration.Builder.KanikoImage} is neither here nor to be had: {problem}");

    /// <summary>Returns where the image came from. Every build waits for it, and so none for longer than <see cref="Limits.FetchTimeout"/>.</summary>
    /// <exception cref="ContainerException">It is not to be had, or not in time.</exception>
    private async Task<string> EnsureImageAsync(ContainerEngine engine, CancellationToken ct)
    {
        var image = configuration.Builder.KanikoImage;
        if (await engine.FindImageAsync(image, ct).ConfigureAwait(false) is not null)
            return $"its image {image} is here";
        try
        {
            return await Patience.WithinAsync(configuration.Limits.FetchTimeout, time, async asked =>
            {
                await engine.PullAsync(image, asked).ConfigureAwait(false);
                return $"its image {image} was pulled";
            }, ct).ConfigureAwait(false);
        }
        catch (ContainerException late) when (late.Kind is ContainerFailureKind.Silent)
        {
            throw new ContainerException(ContainerFailureKind.Network, $"Kaniko's image {image} was not pulled within {Duration.Format(configuration.Limits.FetchTimeout)}.");
        }
    }

    private ChosenBuilder Kaniko(ContainerEngine engine, string reason) => Kaniko(new ContainerKanikoLauncher(engine, configuration, time), reason);

    private ChosenBuilder Kaniko(IKanikoLauncher launcher, string reason) =>
        new() { Builder = new KanikoBuilder(launcher, configuration.Limits, time), Title = launcher.Title, Reason = reason };

    private ChosenBuilder Local(ContainerEngine engine, string reason) =>
        new() { Builder = new LocalBuilder(engine, configuration, time), Title = $"{engine.Name} build", Reason = reason };
}
