using System.Text;
using System.Text.Json;

namespace GitOps.Triggers.Tests.Builds;

/// <summary>A login to a registry, as <c>podman login</c> writes it.</summary>
internal sealed class LoginFile : IDisposable
{
    public LoginFile(string password)
    {
        var login = new { auth = Convert.ToBase64String(Encoding.UTF8.GetBytes("user:" + password)), password };
        System.IO.File.WriteAllText(File, JsonSerializer.Serialize(new { auths = new Dictionary<string, object> { ["registry.example.com"] = login } }));
    }

    public string File { get; } = Path.GetTempFileName();

    public void Dispose() => System.IO.File.Delete(File);
}
