using GitOps.Triggers.Domain;
using GitOps.Triggers.Sources;
using GitOps.Triggers.Tests.Support;
using Xunit;

namespace GitOps.Triggers.Tests.Sources;

public sealed class GitFailuresSpecs
{
    private static readonly ConnectedRepository Job = GitRepository.Connect(RepositoryUrl.Parse("https://git.example.com/team/job.git"));

    [Theory]
    [InlineData("fatal: unable to access 'https://git.example.com/team/job.git/': Could not resolve host: git.example.com", "Unreachable")]
    [InlineData("fatal: unable to access 'https://git.example.com/team/job.git/': The requested URL returned error: 502", "Unreachable")]
    [InlineData("fatal: unable to access 'https://git.example.com/team/job.git/': server certificate verification failed. CAfile: none CRLfile: none", "Unreachable")]
    [InlineData("fatal: unable to access 'https://git.example.com/team/job.git/': The requested URL returned error: 403", "Refused")]
    [InlineData("remote: Repository not found.\nfatal: repository 'https://git.example.com/team/job.git/' not found", "Refused")]
    [InlineData("ERROR: Repository not found.\nfatal: Could not read from remote repository.", "Refused")]
    [InlineData("git@git.example.com: Permission denied (publickey).\nfatal: Could not read from remote repository.", "Refused")]
    [InlineData("fatal: mismatched algorithms: client sha1; server sha256", "Refused")]
    [InlineData("fatal: write error: No space left on device\nfatal: fetch-pack: invalid index-pack output", "Unreachable")]
    [InlineData("fatal: bad object refs/heads/main", "Unclear")]
    [InlineData("remote: Authentication failed\nfatal: early EOF", "Unclear")]
    [InlineData("", "Unclear")]
    public void What_git_says_decides_what_happens_next(string errors, string kind)
    {
        var failure = Read(errors);

        Assert.Equal(kind, failure.Kind.ToString());
        Assert.Contains("job", failure.Message);
        Assert.NotEmpty(failure.Fix);
    }

    [Fact]
    public void A_message_is_one_short_line_without_secrets_or_escapes()
    {
        var message = Read($"warning: x\nfatal: hunter2 \u001b[31m {new string('x', 5000)}", "hunter2").Message;

        Assert.DoesNotContain("hunter2", message);
        Assert.DoesNotContain('\u001b', message);
        Assert.InRange(message.Length, 1, 400);
    }

    private static GitFailure Read(string errors, params string[] secrets) => GitFailures.Read(Job, new GitResult(128, "", errors, false), secrets);
}
