using GitOps.Triggers.Domain;

namespace GitOps.Triggers.Sources;

/// <summary>
/// Runs are never root, and a cluster can tell so only from a number. What the base image sets is not known before the build,
/// nor what a variable holds: on this machine those are looked at in the built image, and for a cluster the Dockerfile itself must say it.
/// </summary>
internal static class DockerfileUser
{
    private const string Fix = "End the stage with a user's number, such as USER 65532:65532, and give that user what the program writes.";

    /// <param name="dockerfile">It, read.</param>
    /// <param name="last">The number of the stage that becomes the image.</param>
    /// <param name="file">The Dockerfile's path.</param>
    /// <param name="mustBeSet">The image may come to run on a cluster, whose kubelet refuses root and names alike, at the first run and not before.</param>
    public static IReadOnlyList<Finding> Check(Dockerfile dockerfile, int last, string file, bool mustBeSet)
    {
        var (stages, at) = (dockerfile.Stages, last);
        // A stage can only be built on one that stands above it.
        while (stages[at].User is null && dockerfile.FindNamed(stages[at].Base, at) is var below and >= 0)
            at = below;
        var stage = stages[at];
        if (stage.User is { } user)
            return Refusal(Name(user.Rest)) is { } refusal ? [At(user.Line, refusal, file)] : [];
        if (stage.Base.Equals("scratch", StringComparison.OrdinalIgnoreCase))
            return [At(stage.From.Line, "the image is built from scratch and sets no USER, so it would run as root, which is refused.", file)];
        return mustBeSet
            ? [At(stages[last].From.Line, "the stage sets no USER, and a cluster refuses to run an image as root or as a user that has only a name, as most base images do.", file)]
            : [];
    }

    private static string Name(string rest)
    {
        var user = rest.Trim().Trim('"', '\'');
        return user.IndexOf(':') is var colon and >= 0 ? user[..colon] : user;
    }

    private static string? Refusal(string user) => user switch
    {
        _ when user.Contains('$') => null,
        "" => "USER names nobody.",
        "root" => "USER root: runs as root are refused.",
        _ when user.All(c => c == '0') => $"USER {Shown.Text(user)} is root: runs as root are refused.",
        _ when !user.All(char.IsAsciiDigit) => $"USER {Shown.Text(user)} is a name, and whether a name is root cannot be told before it runs: such runs are refused.",
        _ => null,
    };

    private static Finding At(int line, string message, string file) => new() { File = Shown.Text(file, 1000), Line = line, Message = message, Fix = Fix };
}
