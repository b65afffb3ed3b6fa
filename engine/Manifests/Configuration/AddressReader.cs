namespace GitOps.Triggers.Manifests;

/// <summary>Reads HTTP addresses. They are never repeated in a finding: somebody may have written a password into one.</summary>
internal sealed class AddressReader(Report report)
{
    private static readonly Uri Loopback = new("http://127.0.0.1:8080");

    public Uri ReadListen(Node? node) => ReadOwn(node, "http://127.0.0.1:8080") ?? Loopback;

    /// <returns>None: where the engine listens for everything else.</returns>
    public Uri? ReadMetrics(Node? node, Uri listen)
    {
        var uri = ReadOwn(node, "http://127.0.0.1:9090");
        if (uri?.Port == listen.Port && !report.IsRefused(node!))
            report.Refuse(node!, "Metrics apart from the rest need a port of their own; the engine listens at this one already.", "Write another port, or leave server.metrics out.");
        return uri;
    }

    private Uri? ReadOwn(Node? node, string example)
    {
        if (Parse(node, $"Write http://, an address and a port: {example}.") is not { } uri)
            return null;
        if (uri.Scheme != Uri.UriSchemeHttp)
            report.Refuse(node!, "The engine itself speaks http only.", "Write http://, and put a proxy with a certificate before it.");
        else if (uri.AbsolutePath != "/")
            report.Refuse(node!, "The engine listens at an address and port, not at a path.", "Remove what follows the port.");
        return uri;
    }

    /// <summary>An address that listens everywhere, as this machine reaches it.</summary>
    public static Uri Reachable(Uri listen) =>
        listen.Host is "0.0.0.0" or "[::]" ? new UriBuilder(listen) { Host = "127.0.0.1" }.Uri : listen;

    public Uri? ReadPublic(Node? node) => Parse(node, "Write http:// or https:// and a host: https://triggers.example.com.");

    public Uri? ReadApi(Node? node)
    {
        var uri = Parse(node, "Write https:// and a host: https://api.github.com.");
        // Tests and proxies on this very machine may do without a certificate; a token must not cross a network so.
        if (uri is { IsLoopback: false } && uri.Scheme != Uri.UriSchemeHttps)
            report.Refuse(node!, "Tokens would be sent without encryption.", "Write https://.");
        return uri;
    }

    private Uri? Parse(Node? node, string fix)
    {
        if (Values.Text(node) is not { } text || report.IsRefused(node!))
            return null;
        var isAddress = Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https" && uri.Host.Length > 0;
        if (!isAddress)
            report.Refuse(node!, "This is not an http address.", fix);
        else if (uri!.UserInfo.Length > 0)
            report.Refuse(node!, "The address has a user name or password in it (not shown).", fix);
        else if (uri.Query.Length > 0 || uri.Fragment.Length > 0)
            report.Refuse(node!, "The address goes on after its path, with ? or # (not shown).", fix);
        return report.IsRefused(node!) ? null : uri;
    }
}
