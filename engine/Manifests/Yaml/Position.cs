namespace GitOps.Triggers.Manifests;

/// <summary>A place in a file: line and column from 1, the column in UTF-16 units, as editors count.</summary>
internal readonly record struct Position(int Line, int Column)
{
    public static Position Start => new(1, 1);
}
