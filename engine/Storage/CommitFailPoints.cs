using GitOps.Triggers.Domain;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace GitOps.Triggers.Storage;

/// <summary>
/// The places right before and right after whatever is written becomes durable, for all statements of all stores: SQLite itself tells of them.
/// Sources: https://www.sqlite.org/c3ref/commit_hook.html, https://www.sqlite.org/c3ref/profile.html.
/// </summary>
internal static class CommitFailPoints
{
    public const string Before = "commit", After = "committed";

    /// <param name="connection">One that has just been opened.</param>
    public static void Watch(SqliteConnection connection)
    {
        if (!FailPoint.IsSet)
            return;
        var isWritten = false;
        raw.sqlite3_commit_hook(
            connection.Handle,
            _ =>
            {
                FailPoint.Reach(Before);
                isWritten = true;
                return 0;
            },
            null);
        // Told when a statement has ended: the first one after the hook is the one that committed.
        raw.sqlite3_profile(
            connection.Handle,
            (object _, string _, long _) =>
            {
                if (isWritten)
                    FailPoint.Reach(After);
                isWritten = false;
            },
            null);
    }
}
