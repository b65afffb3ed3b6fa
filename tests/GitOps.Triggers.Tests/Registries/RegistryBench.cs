using System.Text;
using System.Text.Json;
using GitOps.Triggers.Domain;
using GitOps.Triggers.Registries;
using GitOps.Triggers.Tests.Support;
using Xunit;

namespace GitOps.Triggers.Tests.Registries;

/// <summary>An engine's view of registries: its settings, its logins, and what it has masked.</summary>
internal sealed class RegistryBench : IDisposable
{
    public const string Password = "hunter2-of-the-registry";

    private readonly TempFolder folder = new();

    public static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public SecretVault Secrets { get; } = new();

    public TimeProvider Time { get; init; } = TimeProvider.System;

    public RegistryPatience Patience { get; init; } = new() { FirstWait = TimeSpan.FromMilliseconds(1) };

    /// <summary>What the process's variables are.</summary>
    public Dictionary<string, string> Variables { get; } = [];

    public string this[string file] => folder[file];

    public string LoginFile => folder["config.json"];

    public string Write(string file, string content) => folder.Write(file, content);

    /// <summary>A file with a login, as <c>docker login</c> writes it.</summary>
    public RegistryBench LoggedIn(string host, string password = Password) =>
        With(new Dictionary<string, object> { [host] = new { auth = Convert.ToBase64String(Encoding.UTF8.GetBytes($"engine:{password}")) } });

    public RegistryBench With(Dictionary<string, object> auths)
    {
        folder.Write("config.json", JsonSerializer.Serialize(new { auths }));
        return this;
    }

    public RegistryDirectory Open(string? host = null, bool plainHttp = false)
    {
        Variables.TryAdd("HOME", folder["home"]);
        Variables.TryAdd("XDG_RUNTIME_DIR", folder["runtime"]);
        var settings = new RegistrySettings { Prefix = $"{host ?? "registry.example.com"}/triggers", CredentialsFile = File.Exists(LoginFile) ? LoginFile : null, PlainHttp = plainHttp };
        return new RegistryDirectory(settings, Secrets, name => Variables.GetValueOrDefault(name), Time) { Patience = Patience };
    }

    public async Task<bool> HasAsync(ImageReference image)
    {
        using var registries = Open();
        return await registries.HasAsync(image, Cancelled);
    }

    public Task<RegistryException> FailureAsync(ImageReference image) => Assert.ThrowsAsync<RegistryException>(() => HasAsync(image));

    public void Dispose() => folder.Dispose();
}
