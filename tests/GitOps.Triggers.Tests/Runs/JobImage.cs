using GitOps.Triggers.Containers;
using GitOps.Triggers.Domain;
using GitOps.Triggers.Tests.Containers;
using GitOps.Triggers.Tests.Support;

namespace GitOps.Triggers.Tests.Runs;

/// <summary>Images of busybox that differ only in their user, under fixed names.</summary>
internal static class JobImage
{
    private static readonly SemaphoreSlim Making = new(1);

    public static Task<ImageReference> OrdinaryAsync(ContainerEngineLocator locator) => MakeAsync(locator, "job", "65532:65532");

    public static Task<ImageReference> RootAsync(ContainerEngineLocator locator) => MakeAsync(locator, "job-root", "0");

    private static async Task<ImageReference> MakeAsync(ContainerEngineLocator locator, string name, string user)
    {
        var tag = $"localhost/gitops-triggers-tests/{name}:latest";
        var engine = await locator.RequireAsync(TestEngine.Cancelled);
        await Making.WaitAsync(TestEngine.Cancelled);
        try
        {
            using var context = new TempFolder();
            context.Write("Dockerfile", $"FROM {TestEngine.BaseImage}\nENV PATH=/bin\nUSER {user}\n");
            await engine.Command.RunAsync(["build", "--quiet", "--tag", tag, context.Path], TestEngine.Cancelled);
            var image = await engine.FindImageAsync(tag, TestEngine.Cancelled);
            return ImageReference.Parse(image!.Id.Value);
        }
        finally
        {
            Making.Release();
        }
    }
}
