using System.Text.RegularExpressions;
using GitOps.Triggers.Builds;
using GitOps.Triggers.Domain;
using GitOps.Triggers.Tests.Support;
using k8s;
using k8s.Models;
using Xunit;

namespace GitOps.Triggers.Tests.Docs;

/// <summary>
/// The rights that docs/kubernetes grants are those of the calls that stand in the engine's source, neither more nor fewer. Builds on a
/// cluster have an account and a namespace of their own.
/// </summary>
public sealed partial class KubernetesRightsSpecs
{
    [Fact]
    public void A_namespace_grants_what_the_engine_calls_in_it() =>
        Assert.Equal(Needed().Where(right => !IsOfNamespaces(right)), Granted("environment.yaml").OfType<V1Role>().Single().Rules.SelectMany(Rights).Order());

    [Fact]
    public void All_namespaces_grant_that_and_the_making_of_namespaces() =>
        Assert.Equal(Needed(), Granted("cluster-wide.yaml").OfType<V1ClusterRole>().First().Rules.SelectMany(Rights).Order());

    [Fact]
    public void The_one_watch_over_all_namespaces_may_list_and_watch_what_is_watched() =>
        Assert.Equal(
            Watched().SelectMany(kind => new[] { $"{kind} list", $"{kind} watch" }).Order(),
            Granted("cluster-wide.yaml").OfType<V1ClusterRole>().Last().Rules.SelectMany(Rights).Order());

    [Fact]
    public void The_builds_namespace_grants_what_builds_call_and_doctor_asks_for_just_that()
    {
        var granted = Granted("builds.yaml").OfType<V1Role>().Single().Rules.SelectMany(Rights).Order().ToList();

        Assert.Equal(Needed(BuildCalls()), granted);
        Assert.Equal(granted, ClusterBuildRights.Needed.Select(right => $"{Group(right.Group)}/{right.Resource} {right.Verb}").Order());
    }

    [Fact]
    public void A_build_has_the_account_that_is_made_for_it_which_may_do_nothing()
    {
        var objects = Granted("builds.yaml");

        Assert.Equal(ClusterBuildJob.Account, objects.OfType<V1ServiceAccount>().Single().Metadata.Name);
        Assert.DoesNotContain(objects.OfType<V1RoleBinding>().SelectMany(one => one.Subjects), subject => subject.Name == ClusterBuildJob.Account);
        Assert.All(objects.Cast<IKubernetesObject<V1ObjectMeta>>(), one => Assert.Equal(new ClusterBuilderSettings { EngineUrl = new Uri("http://e") }.Namespace, one.Metadata.NamespaceProperty ?? one.Metadata.Name));
    }

    [Fact]
    public void All_that_a_build_may_reach_is_named()
    {
        var policies = Granted("builds.yaml").OfType<V1NetworkPolicy>().ToList();

        Assert.Contains(policies, one => one.Spec is { PodSelector.MatchLabels: null, Ingress: null, Egress: null, PolicyTypes: ["Ingress", "Egress"] });
        var open = Assert.Single(policies, one => one.Spec.Egress is not null);
        Assert.Equal([ClusterBuildJob.ManagedBy, ClusterBuildJob.Engine], [open.Spec.PodSelector.MatchLabels.Single().Key, open.Spec.PodSelector.MatchLabels.Single().Value]);
        Assert.All(open.Spec.Egress, rule => Assert.NotEmpty(rule.To));
        Assert.Contains("169.254.0.0/16", open.Spec.Egress.SelectMany(rule => rule.To).Single(to => to.IpBlock?.Cidr == "0.0.0.0/0").IpBlock.Except);
    }

    [Fact]
    public void A_namespace_is_labelled_as_those_that_the_engine_makes()
    {
        var labels = Granted("environment.yaml").OfType<V1Namespace>().Single().Metadata.Labels;

        Assert.Equal(["restricted", "restricted"], [labels["pod-security.kubernetes.io/enforce"], labels["pod-security.kubernetes.io/warn"]]);
    }

    [Fact]
    public void Every_right_is_given_to_the_account_that_is_made()
    {
        var account = Granted("account.yaml").OfType<V1ServiceAccount>().Single().Metadata;
        var subjects = Granted("environment.yaml").OfType<V1RoleBinding>().Select(one => one.Subjects.Single())
            .Concat(Granted("builds.yaml").OfType<V1RoleBinding>().Select(one => one.Subjects.Single()))
            .Concat(Granted("cluster-wide.yaml").OfType<V1ClusterRoleBinding>().Select(one => one.Subjects.Single())).ToList();

        Assert.Equal(3, subjects.Count);
        Assert.All(subjects, subject => Assert.Equal(("ServiceAccount", account.Name, account.NamespaceProperty), (subject.Kind, subject.Name, subject.NamespaceProperty)));
    }

    private static List<object> Granted(string file) => KubernetesYaml.LoadAllFromString(File.ReadAllText(Source.File("docs", "kubernetes", file)));

    private static IEnumerable<string> Rights(V1PolicyRule rule) =>
        from resource in rule.Resources
        from verb in rule.Verbs
        select $"{Group(rule.ApiGroups.Single())}/{resource} {verb}";

    private static IEnumerable<string> Needed() => Needed(Calls());

    private static IEnumerable<string> Needed(IEnumerable<Match> calls) => calls
        .SelectMany(call => Verbs(call.Groups["verb"].Value).Select(verb => $"{Resource(call)} {verb}"))
        .Distinct().Order();

    private static IEnumerable<string> Watched() => Calls().Where(call => call.Groups["verb"].Value == "WatchList").Select(Resource).Distinct();

    private static bool IsOfNamespaces(string right) => right.StartsWith("core/namespaces ", StringComparison.Ordinal);

    /// <summary>Applying makes what is not there, for which the API server wants both rights.</summary>
    private static string[] Verbs(string call) => call switch
    {
        "Read" => ["get"],
        "Patch" => ["create", "patch"],
        "WatchList" => ["watch"],
        _ => [call.ToLowerInvariant()],
    };

    private static string Resource(Match call) => $"{Group(call.Groups["group"].Value)}/{call.Groups["kind"].Value switch
    {
        "PodLog" => "pods/log",
        "NetworkPolicy" => "networkpolicies",
        var kind => kind.ToLowerInvariant() + "s",
    }}";

    private static string Group(string name) => name switch
    {
        "" or "Core" => "core",
        "networking.k8s.io" or "Networking" => "networking",
        _ => name.ToLowerInvariant(),
    };

    private static IEnumerable<Match> Calls() => Directory.EnumerateFiles(Source.File("engine"), "*.cs", SearchOption.AllDirectories)
        .Where(file => !Path.GetRelativePath(Source.File("engine"), file).Split('/')[0].Equals("Builds", StringComparison.Ordinal))
        .SelectMany(file => Call().Matches(File.ReadAllText(file)));

    /// <summary>Those of the builds' own folder, and of the reader of logs, which runs share with them.</summary>
    private static IEnumerable<Match> BuildCalls() => Directory.EnumerateFiles(Source.File("engine", "Builds"), "*.cs").Append(Source.File("engine", "Clusters", "PodLogReader.cs"))
        .SelectMany(file => Call().Matches(File.ReadAllText(file)));

    [GeneratedRegex(@"\.(?<group>Core|Batch|Networking)V1\.(?<verb>WatchList|List|Read|Create|Patch|Delete)(?:Namespaced)?(?<kind>[A-Za-z]+?)(?:ForAllNamespaces)?Async\(")]
    private static partial Regex Call();
}
