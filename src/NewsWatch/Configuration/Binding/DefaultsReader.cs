using NewsWatch.Core.Alerts;

namespace NewsWatch.Configuration.Binding;

/// <summary>Defaults: the values for sources and subscribers that set none.</summary>
internal static class DefaultsReader
{
    /// <summary>The shortest interval between two polls.</summary>
    public static readonly TimeSpan MinPoll = TimeSpan.FromSeconds(10);

    /// <summary>The longest interval between two polls.</summary>
    public static readonly TimeSpan MaxPoll = TimeSpan.FromDays(7);

    public static Defaults Read(Section? section)
    {
        var usual = new Defaults();
        if (section is null)
        {
            return usual;
        }

        var poll = section.Value("Poll", Values.Poll, usual.Poll);
        var read = new Defaults
        {
            TimeZone = section.Value("TimeZone", Values.Zone, usual.TimeZone),
            Via = section.Text("Via")?.Text,
            AutoPoll = poll is null,
            Poll = poll ?? usual.Poll,
            FirstRun = section.Value("FirstRun", Values.FirstRun, usual.FirstRun),
            MaxAge = section.Value("MaxAge", Values.Duration, usual.MaxAge),
            FullText = section.Value("FullText", Values.Choice<FullText>("known"), usual.FullText),
            Stories = section.Value("Stories", Values.Choice<StoryScope>("known"), usual.Stories),
            Budget = section.Value<Cap?>("Budget", Values.Budget, null),
            PerSubscriberCap = section.Value("PerSubscriberCap", Values.Cap, usual.PerSubscriberCap),
        };
        section.Close();
        return read;
    }
}

/// <summary>Publishers: the organisations behind sources.</summary>
internal static class PublishersReader
{
    public static Dictionary<string, Publisher> Read(Section section) =>
        section.Entries("Publishers").Select(entry => Read(entry.Id, entry.Entry, section.Keys("Publishers"))).ToDictionary(publisher => publisher.Id);

    private static Publisher Read(string id, Section section, IReadOnlyCollection<string> ids)
    {
        var (name, owner) = (section.RequiredText("Name")?.Text ?? id, section.Line("Owner"));
        var publisher = new Publisher(id, name, section.Bool("Wire"), section.Bool("StateAffiliated")) { Owner = owner?.Text };
        if (owner is not null && !ids.Contains(owner.Text) && Spelling.Nearest(owner.Text, ids) is { } near)
        {
            section.Problems.Warn(owner.Place, section.PathOf("Owner"), $"no publisher \"{owner.Text}\", so this is taken as a name. Did you mean \"{near}\"?");
        }

        section.Close();
        return publisher;
    }
}
