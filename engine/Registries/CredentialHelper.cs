using System.ComponentModel;
using System.Text;
using System.Text.Json;
using CliWrap;
using GitOps.Triggers.Children;
using GitOps.Triggers.Domain;

namespace GitOps.Triggers.Registries;

/// <summary>Asks a <c>docker-credential-…</c> program for a login. Source: https://github.com/docker/docker-credential-helpers#development.</summary>
internal sealed class CredentialHelper(TimeProvider time)
{
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    /// <summary>The name under which a program hands out an identity token.</summary>
    private const string TokenName = "<token>";

    /// <summary>All programs say it in these words when they have none; there is no exit code for it.</summary>
    private const string NoneFound = "credentials not found in native keychain";

    /// <param name="helper">The name without <c>docker-credential-</c>.</param>
    /// <param name="server">Which registry's login.</param>
    /// <param name="file">The file that names the program.</param>
    /// <param name="ct">Ends the program.</param>
    /// <returns>None when the program has none.</returns>
    /// <exception cref="RegistryException">It does not start, answer or succeed.</exception>
    public async Task<RegistryCredentials?> FindAsync(string helper, string server, string file, CancellationToken ct)
    {
        var program = $"docker-credential-{helper}";
        if (!helper.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_' or '.'))
            throw Failure(file, program, "this is no program's name");
        var (exitCode, output) = await RunAsync(program, server, file, ct);
        if (exitCode != 0)
            // Its output may hold what it was asked for: only its exit code is told.
            return output.Contains(NoneFound, StringComparison.Ordinal) ? null : throw Failure(file, program, $"it failed with exit code {exitCode}");
        return Read(output, program, file);
    }

    private async Task<(int ExitCode, string Output)> RunAsync(string program, string server, string file, CancellationToken ct)
    {
        var output = new StringBuilder();
        using var patience = new CancellationTokenSource(Patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(ct, patience.Token);
        try
        {
            var call = CliWrap.Cli.Wrap(program).WithArguments(["get"]).WithStandardInputPipe(PipeSource.FromString(server))
                .WithStandardOutputPipe(PipeTarget.ToStringBuilder(output, Encoding.UTF8)).WithValidation(CommandResultValidation.None).ExecuteAsync(either.Token);
            using var noted = ChildProcesses.Note(call.ProcessId);
            var result = await call;
            return (result.ExitCode, output.ToString());
        }
        catch (Win32Exception)
        {
            throw Failure(file, program, "there is no such program on the PATH");
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            throw Failure(file, program, $"it did not answer within {Duration.Format(Patience)}");
        }
    }

    private static RegistryCredentials Read(string output, string program, string file)
    {
        try
        {
            using var answer = JsonDocument.Parse(output);
            var (name, secret) = (answer.RootElement.GetProperty("Username").GetString() ?? "", answer.RootElement.GetProperty("Secret").GetString() ?? "");
            return new RegistryCredentials
            {
                Name = name == TokenName ? "" : name,
                Password = name == TokenName ? "" : secret,
                IdentityToken = name == TokenName ? secret : null,
                Origin = $"{program}, which {file} names",
            };
        }
        catch (Exception malformed) when (malformed is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            throw Failure(file, program, "what it printed is no login");
        }
    }

    private static RegistryException Failure(string file, string program, string problem) => new(
        RegistryFailureKind.Configuration,
        $"The credentials for the registry cannot be had: {Shown.Text(file, 400)} names {Shown.Text(program)} for them, and {problem}.",
        "Try it as the engine's user ('echo HOST | PROGRAM get'), or write name and password into a file of registry.credentialsFile.");
}
