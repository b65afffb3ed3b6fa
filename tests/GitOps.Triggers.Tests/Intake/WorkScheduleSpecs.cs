using GitOps.Triggers.Domain;
using GitOps.Triggers.Intake;
using Xunit;

namespace GitOps.Triggers.Tests.Intake;

public class WorkScheduleSpecs
{
    private static readonly DateTimeOffset Now = new(2024, 6, 1, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void A_key_is_taken_once_and_only_when_it_is_due()
    {
        var schedule = new WorkSchedule(8);
        Assert.True(schedule.Mark(Key("a"), Now.AddSeconds(1)));

        Assert.Null(schedule.Take(Now));
        Assert.Equal(Now.AddSeconds(1), schedule.NextDue(Now));
        Assert.Equal(Key("a"), schedule.Take(Now.AddSeconds(1))?.Key);
        Assert.Null(schedule.Take(Now.AddSeconds(1)));
        Assert.Null(schedule.NextDue(Now));
    }

    [Fact]
    public void The_sooner_of_two_times_counts()
    {
        var schedule = new WorkSchedule(8);

        Assert.True(schedule.Mark(Key("a"), Now.AddHours(1)));
        Assert.True(schedule.Mark(Key("a"), Now));
        Assert.False(schedule.Mark(Key("a"), Now.AddHours(2)));

        Assert.NotNull(schedule.Take(Now));
    }

    [Fact]
    public void A_running_key_is_not_taken_again_before_it_finishes()
    {
        var schedule = new WorkSchedule(8);
        schedule.Mark(Key("a"), Now);
        var marks = schedule.Take(Now)!.Value.Marks;

        schedule.Mark(Key("a"), Now);
        Assert.True(marks.TryRead(out _));
        Assert.Null(schedule.Take(Now));
        schedule.Finish(Key("a"), null);

        Assert.Equal(Key("a"), schedule.Take(Now)?.Key);
    }

    [Fact]
    public void A_pass_is_told_when_it_was_asked_for_last_but_not_one_that_is_tried_again()
    {
        var schedule = new WorkSchedule(8);
        schedule.Mark(Key("a"), Now, at: 7);
        schedule.Mark(Key("a"), Now, at: 9);
        Assert.Equal(9, schedule.Take(Now)!.Value.Asked);

        schedule.Mark(Key("a"), Now, at: 11);
        schedule.Finish(Key("a"), null);
        Assert.Equal(11, schedule.Take(Now)!.Value.Asked);

        schedule.Finish(Key("a"), Now);
        Assert.Null(schedule.Take(Now)!.Value.Asked);
    }

    [Fact]
    [Threat(19)]
    public void A_repository_gets_a_quarter_of_the_places_and_no_more()
    {
        var schedule = new WorkSchedule(8);
        for (var environment = 0; environment < 50; environment++)
            schedule.Mark(Key("greedy", $"e{environment}"), Now);

        Assert.Equal(2, TakeAll(schedule).Count);
        schedule.Mark(Key("modest"), Now.AddSeconds(1));
        Assert.Equal(Key("modest"), schedule.Take(Now.AddSeconds(1))?.Key);
    }

    [Fact]
    public void No_more_than_all_places_are_taken()
    {
        var schedule = new WorkSchedule(8);
        for (var repository = 0; repository < 50; repository++)
            schedule.Mark(Key($"r{repository}"), Now);

        Assert.Equal(8, TakeAll(schedule).Count);
    }

    [Fact]
    public void What_steps_aside_gives_its_place_and_not_its_key()
    {
        var schedule = new WorkSchedule(4);
        foreach (var environment in (string[])["dev", "prod"])
            schedule.Mark(Key("building", environment), Now);
        for (var repository = 0; repository < 5; repository++)
            schedule.Mark(Key($"r{repository}"), Now.AddSeconds(1));
        var building = Assert.Single(TakeAll(schedule));
        Assert.Equal(3, TakeAll(schedule, Now.AddSeconds(1)).Count);

        Assert.True(schedule.StepAside(building));
        Assert.False(schedule.StepAside(building));

        // Its place, and its repository's; but not twice the same pass.
        schedule.Mark(building, Now);
        Assert.Equal(building.Repository, schedule.Take(Now)!.Value.Key.Repository);
        Assert.Null(schedule.Take(Now.AddSeconds(1)));
        schedule.StepBack(building);
        schedule.Finish(Key("building", "prod"), null);
        Assert.Null(schedule.Take(Now.AddSeconds(1)));
        schedule.Finish(building, null);
        Assert.NotNull(schedule.Take(Now.AddSeconds(1)));
    }

    [Fact]
    public void With_few_places_every_repository_still_gets_one()
    {
        var schedule = new WorkSchedule(1);
        schedule.Mark(Key("a"), Now);

        Assert.NotNull(schedule.Take(Now));
    }

    [Fact]
    public void Repositories_take_turns_whatever_the_number_of_their_marks()
    {
        var schedule = new WorkSchedule(1);
        for (var environment = 0; environment < 50; environment++)
            schedule.Mark(Key("greedy", $"e{environment}"), Now.AddHours(-1));
        for (var environment = 0; environment < 3; environment++)
            schedule.Mark(Key("modest", $"e{environment}"), Now);

        var order = new List<string>();
        for (var turn = 0; turn < 6; turn++)
        {
            var key = schedule.Take(Now)!.Value.Key;
            order.Add(key.Repository.Value);
            schedule.Finish(key, null);
        }

        Assert.Equal(["greedy", "modest", "greedy", "modest", "greedy", "modest"], order);
    }

    [Fact]
    [Threat(19)]
    public void One_that_is_due_again_at_once_waits_for_all_others()
    {
        var schedule = new WorkSchedule(1);
        schedule.Mark(Key("poisoned"), Now);
        for (var repository = 0; repository < 99; repository++)
            schedule.Mark(Key($"good{repository}"), Now);

        var poisoned = 0;
        for (var turn = 0; turn < 100; turn++)
        {
            var key = schedule.Take(Now)!.Value.Key;
            poisoned += key.Repository.Value == "poisoned" ? 1 : 0;
            schedule.Finish(key, key.Repository.Value == "poisoned" ? Now : null);
        }

        Assert.Equal(1, poisoned);
    }

    [Fact]
    [Threat(19)]
    public void One_that_is_marked_without_end_is_taken_twenty_times_in_a_row_and_then_twice_a_second()
    {
        var schedule = new WorkSchedule(1);
        var (now, times) = (Now, 0);

        foreach (var milliseconds in (int[])[0, 499, 500, 1000, 1000])
        {
            now = Now.AddMilliseconds(milliseconds);
            while (times < 100 && TakeAgain(schedule, now))
                times++;
        }

        Assert.Equal(22, times);
        Assert.Equal(now.AddMilliseconds(500), schedule.NextDue(now));
        // Others do not wait for that.
        schedule.Mark(Key("another"), now);
        Assert.Equal(Key("another"), schedule.Take(now)?.Key);
    }

    [Fact]
    public void A_clock_that_is_set_back_keeps_nothing_waiting()
    {
        var schedule = new WorkSchedule(1);
        for (var times = 0; times < WorkPace.AtOnce; times++)
            Assert.True(TakeAgain(schedule, Now));

        Assert.False(TakeAgain(schedule, Now));
        Assert.True(TakeAgain(schedule, Now.AddHours(-1)));
    }

    private static bool TakeAgain(WorkSchedule schedule, DateTimeOffset now)
    {
        schedule.Mark(Key("hot"), now);
        if (schedule.Take(now) is not { } taken)
            return false;
        schedule.Finish(taken.Key, null);
        return true;
    }

    private static WorkKey Key(string repository, string environment = "dev") => new(RepositoryId.Parse(repository), EnvironmentName.Parse(environment));

    private static List<WorkKey> TakeAll(WorkSchedule schedule, DateTimeOffset? at = null)
    {
        var taken = new List<WorkKey>();
        while (schedule.Take(at ?? Now) is { } next)
            taken.Add(next.Key);
        return taken;
    }
}
