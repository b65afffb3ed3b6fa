namespace GitOps.Triggers.Storage;

/// <summary>SQLite found the file damaged. To go on with it would lose what is read wrongly, and write beside it.</summary>
internal sealed class DatabaseDamagedException(string file, string found)
    : Exception($"The database {file} is damaged: {found}. Restore a back-up, or move the file away with its -wal: all but the history comes back from git.");
