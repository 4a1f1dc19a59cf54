using System.Globalization;
using NewsWatch.Configuration;
using NewsWatch.Configuration.Binding;
using NewsWatch.Storage;
using NewsWatch.Storage.Operators;

namespace NewsWatch.Silences;

/// <summary>Pauses sources and ends their pauses. Each act is written down with it, in the same write.</summary>
internal sealed class PauseRegister(Database database, TimeProvider clock)
{
    /// <summary>The pause that somebody asks for, or what is wrong, field by field.</summary>
    /// <param name="span">1m to 30d, or morning.</param>
    public static (Pause? Pause, IReadOnlyDictionary<string, string> Problems) Read(string source, string span, string reason, WatchConfiguration configuration, string by, DateTimeOffset now)
    {
        var (until, wrong) = SilenceForm.End(span, configuration, now);
        var problems = new[]
        {
            ("source", configuration.Sources.ContainsKey(source) ? null : $"There is {Spelling.Unknown("source", source, [.. configuration.Sources.Keys])}"),
            ("for", wrong),
            ("reason", SilenceForm.ProblemOf(reason)),
        };
        var found = problems.Where(problem => problem.Item2 is not null).ToDictionary(problem => problem.Item1, problem => problem.Item2!);
        return found.Count > 0 ? (null, found) : (new(0, source, now, until!.Value, reason.Trim(), by), found);
    }

    /// <summary>Makes a pause; the same once more changes nothing but its end.</summary>
    public Task MakeAsync(Pause made, Actor actor, CancellationToken cancellationToken) => database.WriteAsync(
        db =>
        {
            var id = PauseStore.Add(db, made);
            Record(db, actor, "pause", made.Source, string.Create(CultureInfo.InvariantCulture, $"pause {id}, until {made.Until.UtcDateTime:yyyy-MM-dd HH:mm} UTC: {made.Reason}"));
        },
        cancellationToken);

    /// <summary>Ends the pause of a source before its time.</summary>
    /// <returns>False where none is on.</returns>
    public Task<bool> EndAsync(string source, Actor actor, CancellationToken cancellationToken) => database.WriteAsync(
        db =>
        {
            var isEnded = PauseStore.End(db, source, actor.Name, clock.GetUtcNow());
            if (isEnded)
            {
                Record(db, actor, "resume", source, "its pause was ended before its time");
            }

            return isEnded;
        },
        cancellationToken);

    private void Record(Session db, Actor actor, string what, string source, string detail) =>
        ActStore.Add(db, new(clock.GetUtcNow(), actor.Name, actor.IsCommand, what, $"source {source}", detail));
}
