using System.Net;
using System.Security.Authentication;
using GitOps.Triggers.Domain;
using Polly.CircuitBreaker;
using Polly.Timeout;

namespace GitOps.Triggers.Registries;

/// <summary>Says why a registry could not be asked, and what to do. Nothing of a request is repeated: it may hold a password.</summary>
internal sealed class RegistryFailures(RegistryAddress registry, CredentialsStore store, RegistryErrors errors)
{
    private const int LongestText = 300;

    /// <summary>Whether this is a failure of the call and not a bug or a wish to stop.</summary>
    public static bool IsFailure(Exception thrown, CancellationToken ct) => !ct.IsCancellationRequested
        && thrown is HttpRequestException or IOException or OperationCanceledException or TimeoutRejectedException or BrokenCircuitException;

    /// <param name="thrown">What <see cref="IsFailure"/> accepts.</param>
    /// <param name="who">Who did not answer: "it", or its token service.</param>
    public RegistryException Of(Exception thrown, string who) => thrown switch
    {
        BrokenCircuitException => Of(RegistryFailureKind.Unreachable, $"{who} did not answer the last times", cause: thrown),
        OperationCanceledException or TimeoutRejectedException => Of(RegistryFailureKind.Unreachable, $"{who} did not answer in time", cause: thrown),
        HttpRequestException { HttpRequestError: HttpRequestError.SecureConnectionError } => Of(RegistryFailureKind.Untrusted, $"{who} speaks no TLS that this machine trusts ({Words(thrown)})", cause: thrown),
        HttpRequestException { HttpRequestError: HttpRequestError.ConfigurationLimitExceeded } => Strange($"{who} gave a longer answer than any of a registry"),
        _ => Of(RegistryFailureKind.Unreachable, $"{who} cannot be reached ({Words(thrown)})", cause: thrown),
    };

    /// <param name="answer">One that is not what was asked for.</param>
    /// <param name="who">Who gave it: "it", or its token service.</param>
    /// <param name="shown">The credentials that it was shown.</param>
    /// <param name="ct">Ends the reading.</param>
    public async Task<RegistryException> OfAsync(HttpResponseMessage answer, string who, RegistryCredentials? shown, CancellationToken ct)
    {
        var said = await errors.SaidAsync(answer, ct);
        return answer.StatusCode switch
        {
            HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden => Refused(who, shown, said),
            // So says a token service of an identity token that has ended: RFC 6749, 5.2.
            HttpStatusCode.BadRequest when shown?.IdentityToken is not null => Refused(who, shown, said),
            HttpStatusCode.TooManyRequests => Of(RegistryFailureKind.Throttled, $"{who} has had too many requests ({said})", RetryAfter.Of(answer)),
            >= HttpStatusCode.InternalServerError => Of(RegistryFailureKind.Unreachable, $"{who} is in trouble ({said})", RetryAfter.Of(answer)),
            _ => Strange($"{who} answered as no registry does ({said})"),
        };
    }

    public RegistryException Strange(string said) => Of(RegistryFailureKind.Strange, said);

    private RegistryException Refused(string who, RegistryCredentials? shown, string said) => shown is null
        ? Of(RegistryFailureKind.Anonymous, $"{who} asks for credentials ({said}), and there are none for it in {store.Places}")
        : Of(RegistryFailureKind.Denied, $"{who} refuses the credentials from {Shown.Text(shown.Origin, 400)} ({said})");

    private RegistryException Of(RegistryFailureKind kind, string said, TimeSpan? retryAfter = null, Exception? cause = null) =>
        new(kind, $"The registry {registry.Host} could not be asked: {said.TrimEnd('.')}.", Fix(kind), retryAfter, cause);

    private string Fix(RegistryFailureKind kind) => kind switch
    {
        RegistryFailureKind.Unreachable => $"Look whether the engine's machine reaches {registry.Api}; it is tried again.",
        RegistryFailureKind.Throttled => "It is tried again. Credentials often raise a registry's limit.",
        RegistryFailureKind.Untrusted => $"If its authority is your own, put that one's certificate into {CredentialsPlaces.Certificates}/{registry.Host}/ca.crt; if it speaks http, set registry.plainHttp.",
        RegistryFailureKind.Anonymous => $"Log in as the engine's user ('podman login {registry.Host}'), or name the file of a login in registry.credentialsFile.",
        RegistryFailureKind.Denied => "Renew that login, and let it read what is under registry.prefix; a changed file is read at once. Some registries say the same of a repository that is not there.",
        _ => "Look whether registry.prefix names a registry, and whether a proxy stands between it and the engine.",
    };

    private static string Words(Exception thrown)
    {
        var inner = thrown;
        while (inner.InnerException is { } deeper && inner is not AuthenticationException)
            inner = deeper;
        return Shown.Text(inner.Message, LongestText).TrimEnd('.');
    }
}
