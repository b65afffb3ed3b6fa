using System.Security.Cryptography;
using System.Text;
using GitOps.Triggers.Domain;

namespace GitOps.Triggers.Web;

/// <summary>The token of the HTTP API: made by the engine in its data folder, readable by its owner only. Who can read that file may use the API.</summary>
internal sealed class ApiToken
{
    private readonly byte[] hash;

    private ApiToken(string value) => hash = SHA256.HashData(Encoding.UTF8.GetBytes(value));

    public static string FileIn(string dataFolder) => Path.Combine(dataFolder, "token");

    public static ApiToken OpenOrCreate(string dataFolder, SecretVault secrets)
    {
        var file = FileIn(dataFolder);
        if (!File.Exists(file))
            Create(file);
        var value = File.ReadAllText(file).Trim();
        secrets.Learn(file, value);
        return value.Length >= 32
            ? new ApiToken(value)
            : throw new InvalidDataException($"{file} holds no token of at least 32 characters. Remove the file: a new one is made at the next start.");
    }

    /// <summary>Hashes first, so that the comparison takes the same time whatever was sent.</summary>
    public bool Matches(string? authorization) =>
        authorization is not null && authorization.StartsWith("Bearer ", StringComparison.Ordinal)
        && CryptographicOperations.FixedTimeEquals(SHA256.HashData(Encoding.UTF8.GetBytes(authorization[7..].Trim())), hash);

    private static void Create(string file)
    {
        // Written aside and renamed: a reader never sees half a token, and an engine that is killed here leaves none.
        var aside = file + ".new";
        using (var stream = new FileStream(aside, new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write, UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite }))
            stream.Write(Encoding.ASCII.GetBytes(Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32)) + "\n"));
        File.Move(aside, file, overwrite: true);
    }
}
