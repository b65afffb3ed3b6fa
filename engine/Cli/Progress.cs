using Spectre.Console;

namespace GitOps.Triggers.Cli;

/// <summary>Says on stderr what is going on: a line that moves on a terminal, else a line each time that it changes.</summary>
internal static class Progress
{
    /// <param name="terminal">Where to.</param>
    /// <param name="first">Shown at once.</param>
    /// <param name="work">Is handed a way to say what is going on now.</param>
    public static Task<T> ShowAsync<T>(Terminal terminal, string first, Func<Action<string>, Task<T>> work)
    {
        if (terminal.IsInteractive)
            return terminal.Notes.Status().Spinner(Spinner.Known.Dots).StartAsync(Markup.Escape(first), live => work(text => live.Status(Markup.Escape(text))));
        var last = "";
        return work(text =>
        {
            if (text != last)
                terminal.Note(last = text);
        });
    }
}
