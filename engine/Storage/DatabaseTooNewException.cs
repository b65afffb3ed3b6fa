namespace GitOps.Triggers.Storage;

/// <summary>The database was last used by a newer engine, whose form this one cannot know.</summary>
internal sealed class DatabaseTooNewException(string file, string migration)
    : Exception($"{file} was changed by a newer version of the engine (it holds '{migration}'). Start that version again, or restore a back-up made before the upgrade.");
