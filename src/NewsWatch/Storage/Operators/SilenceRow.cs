using NewsWatch.Core.Alerts;

namespace NewsWatch.Storage.Operators;

/// <summary>A row of the table silence, as far as decisions need it.</summary>
internal class SilenceRow
{
    /// <summary>The columns that it reads.</summary>
    public const string Columns = "id, scope, target, made, until, with_flash, held, reason, made_by, ended, or_flash, or_publishers";

    public long Id { get; init; }

    public string Scope { get; init; } = "";

    public string Target { get; init; } = "";

    public long Made { get; init; }

    public long Until { get; init; }

    public long WithFlash { get; init; }

    public long Held { get; init; }

    public string Reason { get; init; } = "";

    public string MadeBy { get; init; } = "";

    public long? Ended { get; init; }

    public long OrFlash { get; init; }

    public long OrPublishers { get; init; }

    public Silence ToSilence() => new(Id, StoredName.To<SilenceScope>(Scope), Target, UnixTime.At(Made), UnixTime.At(Until), Reason, MadeBy) { WithFlash = WithFlash == 1, IsHeld = Held == 1, OrFlash = OrFlash == 1, OrPublishers = (int)OrPublishers };
}
