namespace GitOps.Triggers.Sources;

internal enum ContextEntryKind
{
    File,
    Executable,
    Link,

    /// <summary>A folder whose whole content <c>.dockerignore</c> takes away, but not the folder; Docker keeps it, and so do we.</summary>
    EmptyFolder,
}
