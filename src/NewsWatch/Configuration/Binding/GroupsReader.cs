namespace NewsWatch.Configuration.Binding;

/// <summary>Groups: common values of several sources. A source takes from its group what it does not set itself.</summary>
internal sealed class GroupsReader(Defaults defaults, Func<Section, Publisher?> publisherOf)
{
    public Dictionary<string, Source> Read(Section section) =>
        section.Entries("Groups").Select(entry => Read(entry.Id, entry.Entry)).ToDictionary(group => group.Id);

    /// <summary>A group is read as a source without an address.</summary>
    private Source Read(string id, Section section)
    {
        var group = Common(section, NoGroup(defaults), defaults.TimeZone) with { Id = id, Publisher = publisherOf(section) };
        section.Close();
        return group;
    }

    /// <summary>The values for a source without a group.</summary>
    public static Source NoGroup(Defaults defaults) => new()
    {
        Id = "",
        Url = "",
        AutoPoll = defaults.AutoPoll,
        Poll = defaults.Poll,
        FullText = defaults.FullText,
        FirstRun = defaults.FirstRun,
        MaxAge = defaults.MaxAge,
    };

    /// <summary>The keys that groups and sources share, over their defaults.</summary>
    public static Source Common(Section section, Source taken, TimeZoneInfo zone)
    {
        var poll = section.Value("Poll", Values.Poll, taken.AutoPoll ? null : taken.Poll);
        return taken with
        {
            AutoPoll = poll is null,
            Poll = poll ?? taken.Poll,
            ExpectEvery = section.Has("ExpectEvery") ? section.Value("ExpectEvery", Values.Duration, TimeSpan.Zero) : taken.ExpectEvery,
            FullText = section.Value("FullText", Values.Choice<FullText>("known"), taken.FullText),
            FirstRun = section.Value("FirstRun", Values.FirstRun, taken.FirstRun),
            MaxAge = section.Value("MaxAge", Values.Duration, taken.MaxAge),
            Language = section.Line("Language")?.Text ?? taken.Language,
            TimeZone = section.Has("TimeZone") ? section.Value("TimeZone", Values.Zone, zone) : taken.TimeZone,
            DropRepeated = section.Bool("DropRepeated", taken.DropRepeated),
            Muted = section.Muted(zone) ?? taken.Muted,
        };
    }
}
