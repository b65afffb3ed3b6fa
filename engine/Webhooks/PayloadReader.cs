using System.Buffers;
using System.Text.Json;

namespace GitOps.Triggers.Webhooks;

/// <summary>
/// Picks the few values that matter out of a payload while it streams by, so that no body is ever held whole.
/// Octokit's models are not used: they are strict, and 7 of GitHub's own 329 examples fail in them.
/// </summary>
internal sealed class PayloadReader
{
    /// <summary>GitHub's longest text, a release's notes, has 125,000 characters of at most 6 bytes.</summary>
    public const int LongestToken = 1 << 20;

    private const int LongestValue = 2_048;
    private const int Deepest = 64;

    private readonly string?[] values = new string?[Enum.GetValues<PayloadField>().Length];
    private JsonReaderState state = new(new JsonReaderOptions { MaxDepth = Deepest });
    private PayloadField inside = PayloadField.None;
    private PayloadField named = PayloadField.None;
    private bool deleted;
    private bool merged;

    /// <summary>Why the body cannot be read; none so far.</summary>
    public string? Problem { get; private set; }

    public Payload Payload => new()
    {
        Action = this[PayloadField.Action],
        Ref = this[PayloadField.Ref],
        RefType = this[PayloadField.RefType],
        Deleted = deleted,
        Merged = merged,
        BaseRef = this[PayloadField.BaseRef],
        FullName = this[PayloadField.FullName],
        CloneUrl = this[PayloadField.CloneUrl],
        SshUrl = this[PayloadField.SshUrl],
        HtmlUrl = this[PayloadField.HtmlUrl],
        Url = this[PayloadField.Url],
    };

    private string? this[PayloadField field]
    {
        get => values[(int)field];
        set => values[(int)field] = value;
    }

    /// <param name="bytes">What the last call left, and what has come since.</param>
    /// <param name="isLast">Nothing follows.</param>
    /// <returns>Up to where it was read; the rest is the beginning of a value.</returns>
    public SequencePosition Read(ReadOnlySequence<byte> bytes, bool isLast)
    {
        if (Problem is not null)
            return bytes.End;
        var json = new Utf8JsonReader(bytes, isLast, state);
        try
        {
            while (json.Read())
                Take(ref json);
        }
        catch (JsonException wrong)
        {
            Problem = $"is not JSON that can be read (line {wrong.LineNumber + 1}, byte {wrong.BytePositionInLine + 1}; at most {Deepest} levels deep)";
            return bytes.End;
        }
        catch (InvalidOperationException)
        {
            Problem = "holds text that is not UTF-8";
            return bytes.End;
        }
        state = json.CurrentState;
        if (bytes.Length - json.BytesConsumed > LongestToken)
            Problem = $"holds a value of more than {LongestToken} bytes";
        return Problem is null ? json.Position : bytes.End;
    }

    private void Take(ref Utf8JsonReader json)
    {
        if (json.TokenType is JsonTokenType.PropertyName)
        {
            named = json.CurrentDepth == ContentDepth(inside) ? FieldOf(ref json) : PayloadField.None;
            return;
        }
        if (json.CurrentDepth == 0 && json.TokenType is not (JsonTokenType.StartObject or JsonTokenType.EndObject))
            throw new JsonException("not an object", null, 0, 0);
        if (json.TokenType is JsonTokenType.StartObject)
            Enter(ref json);
        else if (json.TokenType is JsonTokenType.EndObject && json.CurrentDepth == ContentDepth(inside) - 1)
            inside = inside is PayloadField.Base ? PayloadField.PullRequest : PayloadField.None;
        else
            Set(ref json);
        named = PayloadField.None;
    }

    private void Enter(ref Utf8JsonReader json)
    {
        if (named is PayloadField.Repository or PayloadField.PullRequest or PayloadField.Base)
            inside = named;
        else
            Set(ref json);
    }

    private void Set(ref Utf8JsonReader json)
    {
        if (named is PayloadField.Deleted)
            deleted = json.TokenType is JsonTokenType.True;
        else if (named is PayloadField.Merged)
            merged = json.TokenType is JsonTokenType.True;
        else if (named is not PayloadField.None)
            this[named] = Text(ref json);
    }

    // The root's own properties stand one level deep.
    private static int ContentDepth(PayloadField inside) => inside switch
    {
        PayloadField.Repository or PayloadField.PullRequest => 2,
        PayloadField.Base => 3,
        _ => 1,
    };

    private PayloadField FieldOf(ref Utf8JsonReader json) => inside switch
    {
        PayloadField.Repository => RepositoryField(ref json),
        PayloadField.PullRequest => json.ValueTextEquals("merged"u8) ? PayloadField.Merged
            : json.ValueTextEquals("base"u8) ? PayloadField.Base
            : PayloadField.None,
        PayloadField.Base => json.ValueTextEquals("ref"u8) ? PayloadField.BaseRef : PayloadField.None,
        _ => RootField(ref json),
    };

    private static PayloadField RootField(ref Utf8JsonReader json) =>
        json.ValueTextEquals("ref"u8) ? PayloadField.Ref
        : json.ValueTextEquals("repository"u8) ? PayloadField.Repository
        : json.ValueTextEquals("action"u8) ? PayloadField.Action
        : json.ValueTextEquals("deleted"u8) ? PayloadField.Deleted
        : json.ValueTextEquals("ref_type"u8) ? PayloadField.RefType
        : json.ValueTextEquals("pull_request"u8) ? PayloadField.PullRequest
        : PayloadField.None;

    private static PayloadField RepositoryField(ref Utf8JsonReader json) =>
        json.ValueTextEquals("full_name"u8) ? PayloadField.FullName
        : json.ValueTextEquals("clone_url"u8) ? PayloadField.CloneUrl
        : json.ValueTextEquals("ssh_url"u8) ? PayloadField.SshUrl
        : json.ValueTextEquals("html_url"u8) ? PayloadField.HtmlUrl
        : json.ValueTextEquals("url"u8) ? PayloadField.Url
        : PayloadField.None;

    private static string? Text(ref Utf8JsonReader json)
    {
        var length = json.HasValueSequence ? json.ValueSequence.Length : json.ValueSpan.Length;
        return json.TokenType is JsonTokenType.String && length <= LongestValue ? json.GetString() : null;
    }
}
