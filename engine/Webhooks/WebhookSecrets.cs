using System.Collections.Concurrent;
using System.Text;
using GitOps.Triggers.Domain;

namespace GitOps.Triggers.Webhooks;

/// <summary>
/// The secrets that sign deliveries. The files are read for each delivery, which costs some microseconds: then a rotated secret counts
/// from the next one on, and no time stamp or link in between can hide the change. A file that is gone or empty counts no more.
/// </summary>
internal sealed partial class WebhookSecrets(EngineConfiguration configuration, SecretVault vault, ILogger<WebhookSecrets> logger)
{
    private const int Longest = 4_096;

    private readonly IReadOnlyList<string> files = configuration.WebhookSecretFiles;
    private readonly ConcurrentDictionary<string, string> problems = new(StringComparer.Ordinal);

    /// <summary>What keeps the engine from starting: with no secret, anybody's delivery would have to be refused, or taken.</summary>
    public IReadOnlyList<Finding> Check()
    {
        if (files.Count == 0)
            return [Missing("webhooks.secretFiles", "No webhook secret is set.", "Name a file with a long random text under webhooks: secretFiles:, and give GitHub the same text.")];
        return [.. files.Index().Select(file => Check(file.Index, file.Item)).OfType<Finding>()];
    }

    /// <returns>Empty when none can be read now.</returns>
    public IReadOnlyList<byte[]> Active()
    {
        var secrets = new List<byte[]>(files.Count);
        foreach (var file in files)
        {
            var secret = Read(file, out var problem);
            if (secret is not null)
                secrets.Add(secret);
            Note(file, problem);
        }
        return secrets;
    }

    // Once per change, not per delivery.
    private void Note(string file, string problem)
    {
        if (problems.GetValueOrDefault(file, "") == problem)
            return;
        problems[file] = problem;
        if (problem.Length > 0)
            NotUsable(file, problem);
        else
            Usable(file);
    }

    private Finding? Check(int index, string file) => Read(file, out var problem) is null
        ? Missing($"webhooks.secretFiles[{index}]", $"The webhook secret file '{Shown.Text(file)}' {problem}.", "Write the secret that GitHub has for this webhook into it, or take it from the list.")
        : null;

    private byte[]? Read(string file, out string problem)
    {
        try
        {
            Span<byte> content = stackalloc byte[Longest + 1];
            using var handle = File.OpenHandle(file);
            var length = RandomAccess.Read(handle, content, 0);
            var secret = content[..length].Trim(" \t\r\n"u8);
            problem = length > Longest ? $"has more than {Longest} bytes" : secret.IsEmpty ? "is empty" : "";
            if (problem.Length > 0)
                return null;
            vault.Learn(file, Encoding.UTF8.GetString(secret));
            return secret.ToArray();
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            problem = failure is FileNotFoundException or DirectoryNotFoundException ? "does not exist" : "cannot be read";
            return null;
        }
    }

    private static Finding Missing(string path, string message, string fix) =>
        new() { File = "engine.yaml", Path = path, Message = message, Fix = fix };

    [LoggerMessage(1, LogLevel.Warning, "The webhook secret file {File} {Problem}: deliveries signed with its secret are refused.")]
    private partial void NotUsable(string file, string problem);

    [LoggerMessage(2, LogLevel.Information, "The webhook secret file {File} can be read again.")]
    private partial void Usable(string file);
}
