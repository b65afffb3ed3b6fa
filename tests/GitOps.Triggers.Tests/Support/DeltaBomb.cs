using System.Globalization;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;

namespace GitOps.Triggers.Tests.Support;

/// <summary>A pack of two objects and a few kilobytes: 16 MiB of nothing, and an object that consists of those again and again.</summary>
internal static class DeltaBomb
{
    private const int Base = 0xFFFFFF;

    /// <summary>Puts it into the repository, and commits a tree that holds both objects.</summary>
    public static async Task PlantAsync(GitRepository repository, int copies)
    {
        var pack = Path.Combine(repository.Path, "bomb.pack");
        var (source, whole) = (IdOf(Base), IdOf((long)Base * copies));
        await File.WriteAllBytesAsync(pack, Pack(source, copies));
        await repository.GitAsync(["index-pack", "-o", Path.Combine(repository.Path, ".git", "objects", "pack", "pack-bomb.idx"), pack]);
        File.Move(pack, Path.Combine(repository.Path, ".git", "objects", "pack", "pack-bomb.pack"));
        await repository.CommitTreeAsync($"100644 blob {Convert.ToHexStringLower(source)}\tbase", $"100644 blob {Convert.ToHexStringLower(whole)}\ttrigger.yaml");
    }

    private static byte[] Pack(byte[] source, int copies)
    {
        using var pack = new MemoryStream();
        pack.Write("PACK"u8);
        pack.Write([0, 0, 0, 2, 0, 0, 0, 2]);
        Object(pack, type: 3, [], new byte[Base]);
        Object(pack, type: 7, source, Delta(copies));
        pack.Write(SHA1.HashData(pack.ToArray()));
        return pack.ToArray();
    }

    private static byte[] Delta(int copies) =>
    [
        .. Number(Base), .. Number((long)Base * copies),
        // Each of them: from offset 0, the largest number of bytes that one instruction can name.
        .. Enumerable.Repeat<byte[]>([0xF0, 0xFF, 0xFF, 0xFF], copies).SelectMany(copy => copy),
    ];

    private static void Object(MemoryStream pack, int type, byte[] source, byte[] content)
    {
        var (rest, first) = (content.Length >> 4, (type << 4) | (content.Length & 15));
        pack.Write([(byte)(rest > 0 ? first | 0x80 : first), .. rest > 0 ? Number(rest) : [], .. source]);
        using var zip = new ZLibStream(pack, CompressionLevel.Fastest, leaveOpen: true);
        zip.Write(content);
    }

    /// <summary>Seven bits at a time, the lowest first.</summary>
    private static byte[] Number(long value)
    {
        var bytes = new List<byte>();
        for (; value > 0x7F; value >>= 7)
            bytes.Add((byte)(value & 0x7F | 0x80));
        return [.. bytes, (byte)value];
    }

    private static byte[] IdOf(long zeros)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA1);
        hash.AppendData(Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"blob {zeros}\0")));
        var piece = new byte[Base];
        for (; zeros > 0; zeros -= piece.Length)
            hash.AppendData(piece);
        return hash.GetHashAndReset();
    }
}
