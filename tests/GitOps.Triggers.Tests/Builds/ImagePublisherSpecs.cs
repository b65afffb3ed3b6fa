using System.Formats.Tar;
using System.Text;
using GitOps.Triggers.Builds;
using GitOps.Triggers.Containers;
using GitOps.Triggers.Domain;
using GitOps.Triggers.Tests.Containers;
using GitOps.Triggers.Tests.Support;
using Microsoft.Extensions.Time.Testing;
using Xunit;
using ContainerEngine = GitOps.Triggers.Containers.ContainerEngine;

namespace GitOps.Triggers.Tests.Builds;

/// <summary>A registry that takes a connection and then nothing.</summary>
public sealed class ImagePublisherSpecs : IAsyncDisposable
{
    private const string Id = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa";

    // Builds at once, where Kaniko does by copying the archive that stands beside it, and never ends to push.
    private readonly Script podman = new("podman", $$"""
        here="${0%/*}"
        case "$1" in
          --version) echo podman version 5.4.2 ;;
          version) echo 5.4.2 ;;
          build) while [ "$1" != --iidfile ]; do shift; done
                 echo sha256:{{Id}} > "$2" ;;
          run) for each; do case "$each" in *:/out:Z) cp "$here/image.tar" "${each%:/out:Z}/" ;; esac; done ;;
          load) echo Loaded image: localhost/built ;;
          image) echo '[{"Id":"{{Id}}","Config":{} }]' ;;
          push) touch "$here/pushes"; exec sleep 600 ;;
        esac
        """);

    private readonly FakeTimeProvider time = new();
    private readonly BuildBench bench = new BuildBench { RegistryPrefix = "registry.example.com/triggers" }.With("FROM scratch", "RUN make");

    public ValueTask DisposeAsync()
    {
        podman.Dispose();
        return bench.DisposeAsync();
    }

    [Fact]
    public async Task A_registry_that_stalls_is_named_and_tried_again_and_the_Dockerfile_is_not_blamed() =>
        await StallsAsync(new LocalBuilder(await EngineAsync(), bench.Configuration, time));

    [Fact]
    public async Task So_it_is_where_Kaniko_built()
    {
        await using (var tar = new TarWriter(File.Create(Path.Combine(podman.Folder, "image.tar"))))
        {
            await tar.WriteEntryAsync(Entry("c", "{}"), BuildBench.Cancelled);
            await tar.WriteEntryAsync(Entry("manifest.json", $$"""[{"Config":"c","RepoTags":["{{bench.Names.Local}}"],"Layers":[]}]"""), BuildBench.Cancelled);
        }

        await StallsAsync(new KanikoBuilder(new ContainerKanikoLauncher(await EngineAsync(), bench.Configuration, time), bench.Limits, time));

        static PaxTarEntry Entry(string name, string content) => new(TarEntryType.RegularFile, name) { DataStream = new MemoryStream(Encoding.UTF8.GetBytes(content)) };
    }

    private async Task StallsAsync(IImageBuilder builder)
    {
        var build = builder.BuildAsync(bench.Request, bench.Log, BuildBench.Cancelled);
        await Eventually.HoldsAsync("podman pushes", () => File.Exists(Path.Combine(podman.Folder, "pushes")));

        for (time.Advance(bench.Limits.BuildTimeout); !build.IsCompleted; time.Advance(ContainerCommand.Grace))
            await Task.Delay(50, BuildBench.Cancelled);

        Assert.StartsWith($"The image was built, but was not pushed to registry.example.com/triggers/reports/nightly:{bench.Hash.Short} within 30m.", (await build).Retried(), StringComparison.Ordinal);
    }

    private Task<ContainerEngine> EngineAsync() => new ContainerEngineLocator(podman.Program, SecretMask.None, time).RequireAsync(BuildBench.Cancelled);
}
