using System.Collections.Immutable;
using GitOps.Triggers.Domain;

namespace GitOps.Triggers.Webhooks;

/// <summary>The secrets that sign deliveries. A changed file counts from the next delivery on; a file that is gone or empty counts no more.</summary>
internal sealed partial class WebhookSecrets(EngineConfiguration configuration, ILogger<WebhookSecrets> logger)
{
    private readonly IReadOnlyList<string> files = configuration.WebhookSecretFiles;
    private volatile Loaded current = new([], []);

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
        var loaded = current;
        var stamps = files.Select(Stamp).ToImmutableArray();
        if (!stamps.AsSpan().SequenceEqual(loaded.Stamps.AsSpan()))
            current = loaded = new Loaded(stamps, Load());
        return loaded.Secrets;
    }

    private static DateTime Stamp(string file)
    {
        try
        {
            return File.GetLastWriteTimeUtc(file);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return default;
        }
    }

    private IReadOnlyList<byte[]> Load()
    {
        var secrets = new List<byte[]>(files.Count);
        foreach (var file in files)
        {
            if (Read(file, out var problem) is { } secret)
                secrets.Add(secret);
            else
                NotUsable(file, problem);
        }
        Read(secrets.Count);
        return secrets;
    }

    private static Finding? Check(int index, string file) => Read(file, out var problem) is null
        ? Missing($"webhooks.secretFiles[{index}]", $"The webhook secret file '{Shown.Text(file)}' {problem}.", "Write the secret that GitHub has for this webhook into it, or take it from the list.")
        : null;

    private static byte[]? Read(string file, out string problem)
    {
        problem = "is empty";
        try
        {
            var text = File.ReadAllBytes(file).AsSpan().Trim(" \t\r\n"u8);
            return text.IsEmpty ? null : text.ToArray();
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            problem = failure is FileNotFoundException or DirectoryNotFoundException ? "does not exist" : "cannot be read";
            return null;
        }
    }

    private static Finding Missing(string path, string message, string fix) =>
        new() { File = "engine.yaml", Path = path, Message = message, Fix = fix };

    [LoggerMessage(1, LogLevel.Information, "Read {Count} webhook secrets.")]
    private partial void Read(int count);

    [LoggerMessage(2, LogLevel.Warning, "The webhook secret file {File} {Problem}: deliveries signed with its secret are refused.")]
    private partial void NotUsable(string file, string problem);

    private sealed record Loaded(ImmutableArray<DateTime> Stamps, IReadOnlyList<byte[]> Secrets);
}
