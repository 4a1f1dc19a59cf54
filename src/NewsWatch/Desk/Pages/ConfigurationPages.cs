using Microsoft.AspNetCore.Http;
using NewsWatch.Configuration.Json;
using NewsWatch.Configuration.Loading;
using NewsWatch.Desk.Access;
using NewsWatch.Desk.Frames;
using NewsWatch.Storage;
using NewsWatch.Storage.Operators;

namespace NewsWatch.Desk.Pages;

/// <summary>The configuration in force, the files it was read from, and the edits that were refused.</summary>
/// <param name="Since">When it was put in force; null while that is not stored.</param>
/// <param name="Holds">How many of each kind it has.</param>
/// <param name="Muted">What is muted, one sentence each.</param>
/// <param name="Files">Null for a viewer: the files name people's addresses.</param>
public sealed record ConfigurationModel(
    string Version, DateTimeOffset? Since, IReadOnlyList<(string What, int Count, string? Page)> Holds, IReadOnlyList<string> Muted, IReadOnlyList<RefusedModel> Refused, IReadOnlyList<(string Name, string Text)>? Files);

/// <summary>An edit that was refused, with all that was said of it.</summary>
/// <param name="IsInTheWay">True while it is what the files say.</param>
public sealed record RefusedModel(DateTimeOffset At, bool IsInTheWay, IReadOnlyList<Problem> Problems);

/// <summary>The configuration: what is in force, since when, what was refused.</summary>
internal static class ConfigurationPages
{
    private const int MaxRefused = 5;

    public static IResult Show(DeskRequest request)
    {
        var configuration = request.Configuration;
        var (status, refusals, newest) = request.Database.Read(db => (ConfigurationStatus.Get(db), RefusalStore.All(db), ConfigurationStore.Newest(db)));
        var inTheWay = status?.Refused is not null;
        return request.Show<ConfigurationPage, ConfigurationModel>("Configuration", new(
            configuration.Version,
            status?.Since,
            [
                ("sources", configuration.Sources.Count, "/desk/sources"),
                ("rules", configuration.Rules.Count, "/desk/rules"),
                ("entities", configuration.Vocabulary.Entities.Count, null),
                ("lists", configuration.Vocabulary.Lists.Count, null),
                ("channels", configuration.Channels.Count, null),
                ("subscribers", configuration.Subscribers.Count, "/desk/subscribers"),
            ],
            [.. (status?.Muted ?? []).Where(muted => muted.Until > request.Now).Select(muted => muted.Sentence)],
            [.. refusals.Take(MaxRefused).Select((refusal, at) => new RefusedModel(refusal.At, at == 0 && inTheWay, StoredJson.Read<Problem[]>(refusal.Problems)))],
            request.Visitor.Role == Role.Operator && newest is { } kept ? [.. LastGood.FilesOf(kept.Files).Select(file => (file.Name, file.Text))] : null));
    }
}
