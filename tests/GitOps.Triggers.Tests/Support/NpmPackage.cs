using CliWrap.Buffered;
using Xunit;

namespace GitOps.Triggers.Tests.Support;

/// <summary>An npm package that tests use without running anything of npm's: unpacked once into <c>artifacts</c>, and looked for there from then on.</summary>
/// <param name="package">Its name and version.</param>
/// <param name="folder">Where in <c>artifacts</c>.</param>
/// <param name="file">What is wanted of it, by its path within the package.</param>
internal sealed class NpmPackage(string package, string folder, string file)
{
    private readonly Lazy<Task<string?>> found = new(() => FindAsync(package, Source.File("artifacts", folder), file));

    /// <returns>Where that file is. Skips the test where it cannot be had.</returns>
    public async Task<string> RequireAsync()
    {
        var path = await FindAsync();
        Assert.SkipUnless(path is not null, $"tests/setup/npm-package could not fetch {package}.");
        return path;
    }

    /// <returns>Where that file is; none where it cannot be had.</returns>
    public Task<string?> FindAsync() => found.Value;

    private static async Task<string?> FindAsync(string package, string folder, string file)
    {
        var path = Path.Combine(folder, "package", file);
        if (!File.Exists(path))
            await CliWrap.Cli.Wrap(Source.File("tests", "setup", "npm-package")).WithArguments([package, folder, file]).WithValidation(CliWrap.CommandResultValidation.None).ExecuteBufferedAsync();
        return File.Exists(path) ? path : null;
    }
}
