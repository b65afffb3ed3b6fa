using GitOps.Triggers.Tests.Support;

namespace GitOps.Triggers.Tests.EndToEnd.Kills;

/// <summary>
/// Programs that stand before the real ones in the engine's PATH: they write down each call of the engine's, and kill the engine before, during or after one
/// of them. What the engine is made of knows nothing of it.
/// </summary>
internal sealed class Toolbox
{
    /// <summary>Instead of the call; with the call going on beside the next engine; when the call has had its effect.</summary>
    public static readonly IReadOnlyList<string> Moments = ["before", "during", "after"];

    private readonly TempFolder folder;
    private int read;

    public Toolbox(TempFolder folder, params ReadOnlySpan<string> programs)
    {
        this.folder = folder;
        foreach (var program in programs)
            File.SetUnixFileMode(folder.Write($"tools/{Path.GetFileName(program)}", Script(program)), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        folder.Write("tools/calls", "");
    }

    public string SearchPath => $"{folder["tools"]}:{Environment.GetEnvironmentVariable("PATH")}";

    private string Armed => folder["tools/armed"];

    /// <param name="call"><c>PROGRAM MOMENT COUNT</c>: the call of that program to which it comes; none: no call.</param>
    public void Arm(string? call)
    {
        File.Delete(Armed);
        if (call is not null)
            File.WriteAllText(Armed, call + "\n");
    }

    /// <summary>The calls since the last question: program and arguments.</summary>
    public IReadOnlyList<string> NewCalls()
    {
        var all = File.ReadAllLines(folder["tools/calls"]);
        var fresh = all[read..];
        read = all.Length;
        return fresh;
    }

    private string Script(string program) => $$"""
        #!/bin/bash
        # The engine's own calls only: git calls itself, too.
        read -r caller </proc/$PPID/comm
        [ "$caller" = gitops-triggers ] || exec {{program}} "$@"
        call="{{Path.GetFileName(program)}} $* "
        printf '%s\n' "${call//$'\n'/ }" >>{{folder["tools/calls"]}}
        # Taken by one call at a time.
        if [ -e {{Armed}} ] && mv {{Armed}} {{Armed}}.$$ 2>/dev/null; then
          read -r tool moment left <{{Armed}}.$$
          if [ "$tool" != '{{Path.GetFileName(program)}}' ]; then
            mv {{Armed}}.$$ {{Armed}}
          elif [ "$left" -gt 1 ]; then
            echo "$tool $moment $((left - 1))" >{{Armed}}.$$
            mv {{Armed}}.$$ {{Armed}}
          else
            rm {{Armed}}.$$
            case $moment in
              before) kill -KILL $PPID; exit 137 ;;
              during) kill -KILL $PPID ;;
              after) engine=$PPID; {{program}} "$@"; code=$?; kill -KILL $engine; exit $code ;;
            esac
          fi
        fi
        exec {{program}} "$@"

        """;
}
