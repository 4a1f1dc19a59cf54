namespace NewsWatch.Configuration.Binding;

/// <summary>Groups: what several sources have in common. A source that names its group takes what it does not say itself from there.</summary>
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

    /// <summary>What a source without a group takes.</summary>
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

    /// <summary>What groups and sources both say, over what is taken where they say nothing.</summary>
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
            DropRepeated = section.Bool("DropRepeated", taken.DropRepeated),
            Muted = section.Muted(zone) ?? taken.Muted,
        };
    }
}
