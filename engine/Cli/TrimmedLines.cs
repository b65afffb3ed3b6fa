using System.Text;

namespace GitOps.Triggers.Cli;

/// <summary>Leaves out the spaces at the ends of lines, with which a table fills its last column.</summary>
internal sealed class TrimmedLines(TextWriter inner) : TextWriter
{
    private int spaces;

    public override Encoding Encoding => inner.Encoding;

    public override void Write(char value)
    {
        if (value == ' ')
        {
            spaces++;
            return;
        }
        for (; value != '\n' && spaces > 0; spaces--)
            inner.Write(' ');
        spaces = 0;
        inner.Write(value);
    }

    public override void Flush() => inner.Flush();
}
