using CsCheck;

namespace GitOps.Triggers.Tests.Fuzzing;

/// <summary>A reader of what others write: what it is given, and what must hold of each of its answers.</summary>
internal abstract class FuzzTarget : IDisposable
{
    /// <summary>Of its folder in the corpus, too.</summary>
    public abstract string Name { get; }

    /// <summary>Of a thousand executions: few where one takes long.</summary>
    public abstract int Share { get; }

    /// <summary>Texts of its language and changes to real ones. What an input's bytes mean is the target's own; all can be kept in a file.</summary>
    public abstract Gen<byte[]> Inputs { get; }

    /// <summary>Throws where the answer breaks a promise, and lets through whatever the reader itself throws.</summary>
    public abstract void Check(byte[] input);

    public virtual void Dispose()
    {
    }
}
