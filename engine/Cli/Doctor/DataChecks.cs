using GitOps.Triggers.Domain;
using Microsoft.Data.Sqlite;

namespace GitOps.Triggers.Cli;

/// <summary>The engine's data folder and database.</summary>
internal static class DataChecks
{
    private const string DatabaseName = "engine.db";
    private const long LeastFree = 1L << 30;

    public static DoctorLine Folder(string folder)
    {
        var shown = Shown.Text(folder, 400);
        try
        {
            if (!Directory.Exists(folder))
                return Directory.Exists(Path.GetDirectoryName(folder))
                    ? DoctorLine.Ok("data folder", $"{shown} will be made when the engine starts.")
                    : DoctorLine.Fail("data folder", $"{shown} is not there, nor is the folder that it should stand in.", $"mkdir -p {shown}");
            var probe = Path.Combine(folder, ".doctor-" + Guid.NewGuid().ToString("n"));
            File.WriteAllText(probe, "");
            File.Delete(probe);
            var free = new DriveInfo(folder).AvailableFreeSpace;
            return free >= LeastFree
                ? DoctorLine.Ok("data folder", $"{shown}, {free >> 30} GiB free")
                : DoctorLine.Warn("data folder", $"{shown} has only {free >> 20} MiB free.", "Images, mirrors and logs need room: free some.");
        }
        catch (Exception failure) when (failure is UnauthorizedAccessException or IOException)
        {
            return DoctorLine.Fail("data folder", $"{shown} cannot be written to: {failure.Message}", "Give it to the engine's user, and call doctor as that user.");
        }
    }

    public static async Task<DoctorLine> DatabaseAsync(string folder, CancellationToken ct)
    {
        var file = Path.Combine(folder, DatabaseName);
        if (!File.Exists(file))
            return DoctorLine.Ok("database", "It will be made when the engine starts.");
        try
        {
            await using var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = file, Mode = SqliteOpenMode.ReadOnly, Pooling = false }.ToString());
            await connection.OpenAsync(ct);
            await using var command = connection.CreateCommand();
            command.CommandText = "PRAGMA quick_check(1)";
            var answer = (string?)await command.ExecuteScalarAsync(ct);
            return answer == "ok"
                ? DoctorLine.Ok("database", $"{Shown.Text(file, 400)} is sound")
                : Damaged(file, Shown.Text(answer));
        }
        catch (SqliteException failure)
        {
            return Damaged(file, failure.Message);
        }
    }

    private static DoctorLine Damaged(string file, string message) =>
        DoctorLine.Fail("database", $"{Shown.Text(file, 400)}: {message}", "Stop the engine, and put a backup in its place.");
}
