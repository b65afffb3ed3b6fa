namespace GitOps.Triggers.Sources;

/// <summary>One thing that a build sees. <paramref name="Path"/> is relative to the context, with <c>/</c>; <paramref name="ObjectId"/> is empty for a folder.</summary>
internal sealed record ContextEntry(string Path, ContextEntryKind Kind, string ObjectId)
{
    /// <summary>As git writes it.</summary>
    public string Mode => Kind switch
    {
        ContextEntryKind.File => "100644",
        ContextEntryKind.Executable => "100755",
        ContextEntryKind.Link => "120000",
        _ => "40000",
    };
}
