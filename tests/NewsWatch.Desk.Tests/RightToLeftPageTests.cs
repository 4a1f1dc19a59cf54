using System.Net;
using NewsWatch.Configuration;
using NewsWatch.Core.Rules;
using NewsWatch.Desk.Tests.Support;
using NewsWatch.Tests.Support;

namespace NewsWatch.Desk.Tests;

/// <summary>Queries with Arabic or Hebrew words keep their operators in order.</summary>
public sealed class RightToLeftPageTests
{
    [Fact]
    public async Task A_query_runs_from_left_to_right_and_its_words_stand_apart()
    {
        await using var world = await DeskWorld.EmptyAsync();
        var rule = SomeWatch.Rule("gaza", "غزة AND \"الرهائن\"");
        world.Service.Configure(watch => watch with { Rules = new Dictionary<string, WatchRule> { [rule.Id] = rule }, RuleSet = RuleSet.Compile([rule.Rule], watch.Vocabulary) });
        await world.Service.TellAsync("إطلاق سراح الرهائن في غزة", text: "قال مسؤول إن الرهائن في غزة بخير.");

        foreach (var page in (string[])["rules", "rules/gaza", "alerts/1"])
        {
            Assert.Contains("<bdi>غزة</bdi> AND &quot;<bdi>الرهائن</bdi>&quot;</code>", WebUtility.HtmlDecode((await world.AskAsync(page)).Body).Replace("\"", "&quot;", StringComparison.Ordinal), StringComparison.Ordinal);
        }
    }
}
