namespace GitOps.Triggers.Tests.Examples;

internal sealed record ReceivedRequest(
    string Method, string PathAndQuery, IReadOnlyDictionary<string, string> Headers, string Body);
