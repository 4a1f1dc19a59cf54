using System.Globalization;
using NewsWatch.Core.Alerts;
using NewsWatch.Storage;
using NewsWatch.Storage.Operators;
using NewsWatch.Storage.Views;

namespace NewsWatch.Silences;

/// <summary>Who acts, and how.</summary>
internal sealed record Actor(string Name, bool IsCommand);

/// <summary>Makes, extends and ends silences. Each act is written down with it, in the same write; a form that is sent twice acts once.</summary>
internal sealed class SilenceRegister(Database database, TimeProvider clock)
{
    /// <summary>Makes a silence.</summary>
    /// <param name="request">The form's own key; null for a command.</param>
    /// <returns>Its number; of a form that was sent before the number of the silence that it made.</returns>
    public Task<long> MakeAsync(Silence made, Actor actor, string? request, CancellationToken cancellationToken) => database.WriteAsync(
        db =>
        {
            if (request is not null && ActStore.ResultOf(db, request) is { } earlier)
            {
                return long.Parse(earlier, CultureInfo.InvariantCulture);
            }

            var id = SilenceStore.Add(db, made);
            Record(db, actor, "silence", SilenceViews.Find(db, id)!, string.Create(CultureInfo.InvariantCulture, $"until {made.Until.UtcDateTime:yyyy-MM-dd HH:mm} UTC: {made.Reason}"), request);
            return id;
        },
        cancellationToken);

    /// <summary>Ends a silence before its time.</summary>
    /// <returns>False for one that does not exist or has ended already.</returns>
    public Task<bool> EndAsync(long id, Actor actor, CancellationToken cancellationToken) => database.WriteAsync(
        db =>
        {
            var isEnded = SilenceStore.End(db, id, actor.Name, clock.GetUtcNow());
            if (isEnded)
            {
                Record(db, actor, "end", SilenceViews.Find(db, id)!, "ended before its time", request: null);
            }

            return isEnded;
        },
        cancellationToken);

    /// <summary>Moves the end of a silence.</summary>
    /// <returns>False for one that does not exist or has ended already.</returns>
    public Task<bool> ExtendAsync(long id, DateTimeOffset until, Actor actor, CancellationToken cancellationToken) => database.WriteAsync(
        db =>
        {
            var isExtended = SilenceStore.Extend(db, id, until, clock.GetUtcNow());
            if (isExtended)
            {
                Record(db, actor, "extend", SilenceViews.Find(db, id)!, string.Create(CultureInfo.InvariantCulture, $"until {until.UtcDateTime:yyyy-MM-dd HH:mm} UTC"), request: null);
            }

            return isExtended;
        },
        cancellationToken);

    private void Record(Session db, Actor actor, string what, SilenceLine line, string detail, string? request) => ActStore.Add(
        db,
        new(clock.GetUtcNow(), actor.Name, actor.IsCommand, what, $"{StoredName.Of(line.Silence.Scope)} {line.Silence.Target}", string.Create(CultureInfo.InvariantCulture, $"silence {line.Silence.Id}, {detail}")),
        request,
        line.Silence.Id.ToString(CultureInfo.InvariantCulture));
}
