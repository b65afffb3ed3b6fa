using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using GitOps.Triggers.Domain;

namespace GitOps.Triggers.Sources;

/// <summary>
/// The identity of a build's inputs (ARCHITECTURE.md, decision 6). Every text goes in with its length before it, and every list
/// with its count, so that no two different inputs make the same bytes. Paths are relative to the context: moving the
/// whole folder changes nothing.
/// </summary>
internal static class InputHasher
{
    /// <summary>To be raised with any change to what goes in, so that images built under other rules are not taken for the same.</summary>
    private const string Version = "gitops-triggers/inputs/1";

    public static InputHash Hash(BuildContext context, string platform)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Add(hash, Version);
        Add(hash, RepositoryPath.Relative(context.Spec.Context, context.Spec.Dockerfile));
        Add(hash, context.DockerfileId);
        Add(hash, context.Spec.Target is null ? 0 : 1);
        Add(hash, context.Spec.Target ?? "");
        Add(hash, platform);
        Add(hash, context.Spec.Args.Count);
        foreach (var (name, value) in context.Spec.Args.OrderBy(arg => arg.Key, StringComparer.Ordinal))
        {
            Add(hash, name);
            Add(hash, value);
        }
        Add(hash, context.Entries.Count);
        foreach (var entry in context.Entries)
        {
            Add(hash, entry.Path);
            Add(hash, entry.Mode);
            Add(hash, entry.ObjectId);
        }
        return InputHash.FromDigest(hash.GetHashAndReset());
    }

    private static void Add(IncrementalHash hash, string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        Add(hash, bytes.Length);
        hash.AppendData(bytes);
    }

    private static void Add(IncrementalHash hash, int number)
    {
        Span<byte> bytes = stackalloc byte[sizeof(int)];
        BinaryPrimitives.WriteInt32BigEndian(bytes, number);
        hash.AppendData(bytes);
    }
}
