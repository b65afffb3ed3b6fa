namespace GitOps.Triggers.Tests.Containers;

/// <summary>A program of a few lines that stands in for one that this machine may not have.</summary>
internal sealed class Script : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("gitops-triggers-script-");

    public Script(string name, string lines)
    {
        Program = Path.Combine(folder.FullName, name);
        File.WriteAllText(Program, "#!/bin/sh\n" + lines);
        File.SetUnixFileMode(Program, (UnixFileMode)0b111_101_101);
    }

    public string Program { get; }

    public string Folder => folder.FullName;

    public void Dispose() => folder.Delete(recursive: true);
}
