using GitOps.Triggers.Tests.Support;

namespace GitOps.Triggers.Tests.EndToEnd.Kills;

/// <summary>A repository that is changed at random, and what its branches say meanwhile.</summary>
internal sealed class KillSource
{
    private readonly WorkingCopy copy;
    private readonly string script;
    private readonly Random random;
    private readonly Dictionary<string, Content> branches = [];
    private readonly HashSet<(string Trigger, int Version)> tested = [];
    private int versions = 1;
    private Content main = new("", "job", "0 5 1 1 *", 1);

    private KillSource(WorkingCopy copy, string name, string script, Random random) => (this.copy, Name, this.script, this.random) = (copy, name, script, random);

    public string Name { get; }

    public string Url => copy.Url;

    /// <summary>What is to be found in each environment in the end, by the branch.</summary>
    public IReadOnlyDictionary<string, Content> Branches => branches;

    /// <param name="folder">Where it is.</param>
    /// <param name="name">Its name.</param>
    /// <param name="script">What its job does.</param>
    /// <param name="random">Decides on the changes.</param>
    public static async Task<KillSource> CreateAsync(TempFolder folder, string name, string script, Random random)
    {
        var source = new KillSource(await WorkingCopy.CreateAsync(folder, name), name, script, random);
        await source.PushAsync("first");
        return source;
    }

    /// <summary>Changes what is wanted, or anything, mostly the schedule, and pushes it.</summary>
    /// <returns>The branch.</returns>
    public async Task<string> ChangeAsync(KillChange wanted)
    {
        var dice = random.Next(100);
        if (wanted == KillChange.Anything && dice < 20 && tested.Contains((main.Trigger, main.Version)))
            return await PromoteAsync();
        main = wanted switch
        {
            KillChange.Image => main with { Version = ++versions },
            KillChange.Name => Renamed(),
            KillChange.Schedule => Rescheduled(),
            // Back to what was built once, often.
            _ when dice < 25 => main with { Version = random.Next(1, versions + 1) },
            _ when dice < 33 => Renamed(),
            _ => Rescheduled(),
        };
        return await PushAsync("change");
    }

    /// <summary>Makes the prod branch what the main branch is. What was never deployed upstream would have to wait.</summary>
    public async Task<string> PromoteAsync()
    {
        await copy.PushAsync("prod");
        branches["prod"] = main;
        return "prod";
    }

    /// <summary>What main says now is deployed in dev.</summary>
    public void IsTested() => tested.Add((main.Trigger, main.Version));

    private Content Renamed() => main with { Trigger = main.Trigger == "job" ? "task" : "job" };

    private Content Rescheduled() => main with { Schedule = $"{random.Next(60)} {random.Next(24)} {random.Next(1, 28)} 1 *" };

    private async Task<string> PushAsync(string message)
    {
        JobSource.Write(copy, $"{script}\n# version {main.Version}", main.Schedule);
        copy.Write("trigger.yaml", (await File.ReadAllTextAsync(Path.Combine(copy.Folder, "trigger.yaml"))).Replace("name: job", "name: " + main.Trigger, StringComparison.Ordinal));
        main = main with { Commit = await copy.CommitAsync(message) };
        await copy.PushAsync("main");
        branches["main"] = main;
        return "main";
    }

    /// <param name="Commit">The branch's head.</param>
    /// <param name="Trigger">The one trigger's name.</param>
    /// <param name="Schedule">In both environments.</param>
    /// <param name="Version">Of what the image is built from.</param>
    public sealed record Content(string Commit, string Trigger, string Schedule, int Version);
}
