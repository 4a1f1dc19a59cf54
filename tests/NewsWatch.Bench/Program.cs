using NewsWatch.Bench;
using NewsWatch.Bench.Faults;
using NewsWatch.Bench.Replicas;
using NewsWatch.Tests.Support;

// The measuring verbs: each goes through the same code as the service and prints what it measured.
var verbs = new Dictionary<string, Verb>(StringComparer.Ordinal)
{
    ["poll"] = PollVerb.Verb,
    ["poll-server"] = new("S", "the server of `poll`; starts by itself", PollServer.RunAsync),
    ["cases"] = new("FILE", "the rule language: a line for each row that fails", CasesVerb.Run),
    ["articles"] = ArticlesVerb.Verb,
    ["match"] = new("RULES DOCS [--pairs OUT] [--against PAIRS] [--swap]", "the rule engine: articles/s, candidates, heap, build time, pairs doc<TAB>rule and how they differ, waits during swaps", MatchVerb.Run),
    ["feeds"] = FeedsVerb.Verb,
    ["dates"] = VoicesVerb.Dates,
    ["deadlines"] = VoicesVerb.Deadlines,
    ["quotes"] = VoicesVerb.Quotes,
    ["faults"] = FaultsVerb.Verb,
    ["deliver"] = DeliverVerb.Verb,
    ["mail-server"] = new("", "the server of `deliver`; starts by itself", MailServer.RunAsync),
    ["resident"] = ResidentVerb.Verb,
    ["archive"] = ArchiveVerb.Verb,
    ["migrate"] = MigrateVerb.Verb,
    ["headlines"] = BacktestVerbs.Headlines,
    ["backtest"] = BacktestVerbs.Backtest,
    ["crash"] = CrashVerb.Verb,
    ["scale"] = ScaleVerb.Verb,
    ["badinputs"] = BadInputsVerb.Verb,
    ["fuzz"] = FuzzVerb.Verb,
    ["rebind"] = RebindVerb.Verb,
    ["readers"] = ReadersVerb.Verb,
    ["world"] = WorldVerb.Verb,
    ["stories"] = StoriesVerb.Stories,
    ["stream"] = StoriesVerb.Stream,
    ["copies"] = StoriesVerb.Copies,
    ["pairs"] = StoriesVerb.Pairs,
    ["headline-alerts"] = HeadlineAlertsVerb.Verb,
    ["desk"] = DeskVerb.Verb,
    ["window"] = WindowVerb.Verb,
    ["changes"] = ChangesVerb.Verb,
    ["corroboration"] = CorroborationVerb.Verb,
};

if (args.Length == 0 || !verbs.TryGetValue(args[0], out var verb))
{
    Console.WriteLine("dotnet run -c Release --project tests/NewsWatch.Bench -- VERB ...\n");
    foreach (var (name, (usage, about, _)) in verbs)
    {
        Console.WriteLine($"  {name + " " + usage,-44} {about}");
    }

    return args.Length == 0 ? 0 : 2;
}

try
{
    return await verb.Run(args[1..]);
}
catch (NotStartedException failure)
{
    Console.Error.WriteLine(failure.Message);
    return 1;
}
