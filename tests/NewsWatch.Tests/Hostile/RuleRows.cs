using NewsWatch.Core.Rules;
using NewsWatch.Core.Rules.Language;
using NewsWatch.Core.Text;
using NewsWatch.Tests.Configuration;
using NewsWatch.Tests.Support;

namespace NewsWatch.Tests.Hostile;

/// <summary>Regular expressions of rules that would take for ever.</summary>
public sealed class RuleRows
{
    /// <summary>They run without backtracking, so most are simply fast; what is refused is refused when the configuration is read.</summary>
    [Fact]
    public void Row_48_expressions_that_backtrack_for_ever()
    {
        foreach (var pattern in new[] { "^(a+)+$", "(.*a){20}", "(x+x+)+y", "((a*)*)*b", "(a|aa)+$" })
        {
            if (Query.Parse($"/{pattern}/ AND word", Vocabulary.Empty).Query is not { } query)
            {
                continue;
            }

            var rules = RuleSet.Compile([new Rule("a", query, null)], Vocabulary.Empty);
            var before = GC.GetAllocatedBytesForCurrentThread();
            var result = rules.Match(new Document { Title = new string('a', 35) + "!", Body = new string('a', 100_000) + "! word" });

            Assert.NotNull(result);
            Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 32L * 1024 * 1024);
        }
    }

    /// <summary>Whatever passes the check and is slow all the same ends after 50 ms, and the operator hears which expression it was.</summary>
    [Fact]
    public async Task Row_48_a_slow_expression_is_told_of()
    {
        await using var world = await HostileWorld.OpenAsync();
        var slow = SomeWatch.Rule("slow", "/[xa].{0,50}[xb].{0,50}[xc].{0,50}[yz]/ AND word");
        world.Configure(watch => watch with { Rules = new Dictionary<string, NewsWatch.Configuration.WatchRule> { ["slow"] = slow }, RuleSet = RuleSet.Compile([slow.Rule], Vocabulary.Empty) });
        var chance = new Random(48);
        var text = string.Concat(Enumerable.Range(0, 60_000).Select(_ => "abcdx"[chance.Next(5)]));
        world.Site.Answer("/feed", Reply.Text(Rss.Document("", [$"<item><guid>1</guid><title>word</title><description>{text}</description></item>"])));

        await world.PollAsync(world.Source("feed", "/feed"));
        await world.SettleAsync();

        Assert.Contains(world.Mail.Mails, mail => (mail.Message.Subject ?? "").Contains("A regular expression is too slow", StringComparison.Ordinal));
    }

    [Fact]
    public void Row_49_expressions_whose_automaton_is_too_large() => Assert.All(
        [".{0,2000}x.{0,2000}y", "(a?){1000}a{1000}", "((a{10}){10}){10}", new string('a', 300)],
        pattern => Refused($"/{pattern}/ AND word"));

    [Fact]
    public void Row_50_what_the_linear_engine_cannot_run() => Assert.All(
        ["(?=a)b", @"(a)\1", "(?<!a)b", "(?>a+)b"],
        pattern => Assert.Contains("not supported", Refused($"/{pattern}/ AND word"), StringComparison.Ordinal));

    private static string Refused(string when)
    {
        var refused = Assert.IsType<NewsWatch.Configuration.Loading.LoadResult.Refused>(
            SomeFiles.Load($$"""{ "Rules": { "slow": { "When": {{System.Text.Json.JsonSerializer.Serialize(when)}} } } }"""));

        return Assert.Single(refused.Problems, problem => problem.Path == "Rules.slow.When").Message;
    }
}
