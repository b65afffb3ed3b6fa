using GitOps.Triggers.Domain;

namespace GitOps.Triggers.Sources;

/// <summary>Collects what is wrong in a build context: all of it, but a flood only in part.</summary>
internal sealed class ContextFindings
{
    private const int Most = 50;
    private readonly List<Finding> found = [];
    private int beyond;

    public bool Any => found.Count > 0;

    public IReadOnlyList<Finding> All => beyond == 0 ? found :
    [
        .. found,
        new Finding { File = found[^1].File, Message = $"and {beyond} more findings in this build context.", Fix = "Mend the ones above first." },
    ];

    public void Add(Finding finding)
    {
        if (found.Count < Most)
            found.Add(finding);
        else
            beyond++;
    }

    public void Add(ContextFindings more)
    {
        more.found.ForEach(Add);
        beyond += more.beyond;
    }

    public void Add(string file, string message, string fix, string path = "", int? line = null) =>
        Add(new Finding { File = Shown.Text(file, 1000), Line = line, Path = path, Message = message, Fix = fix });
}
