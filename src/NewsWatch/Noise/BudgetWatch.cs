using System.Diagnostics.Metrics;
using System.Globalization;
using Microsoft.Extensions.Hosting;
using NewsWatch.Configuration;
using NewsWatch.Core.Alerts;
using NewsWatch.Storage;
using NewsWatch.Storage.Views;
using NewsWatch.Storage.Work;

namespace NewsWatch.Noise;

/// <summary>Looks which rules alert more often than their budgets: a number for alarms, and a notice to the operator, at most one a rule and day. No alert is held back.</summary>
internal sealed class BudgetWatch : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(5);
    private readonly Database _database;
    private readonly ConfigurationHolder _configurations;
    private readonly ServiceLoop _loop;
    private readonly TimeProvider _clock;

    public BudgetWatch(Database database, ConfigurationHolder configurations, ServiceLoop loop, IMeterFactory meters, TimeProvider clock)
    {
        (_database, _configurations, _loop, _clock) = (database, configurations, loop, clock);
        meters.Create("newswatch").CreateObservableGauge("rules_over_budget", () => database.Share.Leads ? [new Measurement<long>(database.Read(Over).Count)] : (IEnumerable<Measurement<long>>)[], description: "Rules that alert more often than their budgets.");
    }

    /// <summary>Looks once.</summary>
    public async Task LookAsync(CancellationToken cancellationToken)
    {
        var over = _database.Read(Over);
        if (over.Count > 0)
        {
            await _database.WriteAsync(db => over.ForEach(rule => Tell(db, rule)), cancellationToken);
        }
    }

    /// <inheritdoc/>
    protected override Task ExecuteAsync(CancellationToken stoppingToken) => _loop.RunByLeadAsync("budgets of rules", TurnAsync, stoppingToken);

    private async Task TurnAsync(CancellationToken stopping)
    {
        await LookAsync(stopping);
        await Task.Delay(Interval, _clock, stopping);
    }

    private List<(string Rule, Cap Budget, int Alerts)> Over(Session db) =>
    [
        .. _configurations.Current.Rules.Keys.Select(rule => (Rule: rule, Budget: _configurations.Current.BudgetOf(rule))).Where(rule => rule.Budget is { IsNone: false })
            .Select(rule => (rule.Rule, rule.Budget!, Alerts: NoiseViews.CountSince(db, rule.Rule, _clock.GetUtcNow() - rule.Budget!.Window)))
            .Where(rule => rule.Alerts > rule.Item2.Count),
    ];

    private void Tell(Session db, (string Rule, Cap Budget, int Alerts) rule)
    {
        var now = _clock.GetUtcNow();
        OperatorNotices.Add(
            db,
            _configurations.Current,
            new(
                string.Create(CultureInfo.InvariantCulture, $"budget/{rule.Rule}/{now.UtcDateTime:yyyy-MM-dd}"),
                $"Rule {rule.Rule} is over its budget",
                string.Create(CultureInfo.InvariantCulture, $"It alerted {rule.Alerts} times in {rule.Budget.Window.TotalHours:0.#} h; its budget is {rule.Budget.Count}. No alert is held back. See: newswatch noise --rule {rule.Rule}"))
            {
                Gathering = new("budget", "rules are over their budgets"),
            },
            now);
    }
}
