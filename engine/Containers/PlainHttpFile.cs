namespace GitOps.Triggers.Containers;

/// <summary>A registry on this machine, told to podman in a file: <c>manifest inspect</c> has no flag for it.</summary>
internal sealed class PlainHttpFile : IDisposable
{
    public const string Variable = "CONTAINERS_REGISTRIES_CONF";

    private PlainHttpFile(string file) => File = file;

    public string File { get; }

    public static PlainHttpFile For(string image)
    {
        var file = Path.GetTempFileName();
        System.IO.File.WriteAllText(file, $"[[registry]]\nlocation = \"{image[..image.IndexOf('/')]}\"\ninsecure = true\n");
        return new PlainHttpFile(file);
    }

    public void Dispose() => System.IO.File.Delete(File);
}
