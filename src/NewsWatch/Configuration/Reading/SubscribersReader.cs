using NewsWatch.Core.Alerts;

namespace NewsWatch.Configuration.Reading;

/// <summary>Subscribers: who is told.</summary>
internal sealed class SubscribersReader(
    Defaults defaults, IReadOnlyDictionary<string, Channel> channels)
{
    public Dictionary<string, Subscriber> Read(Section section)
    {
        var known = section.Members("Rules").Select(rule => rule.Key).ToHashSet();
        return section.Entries("Subscribers").Select(entry => Read(entry.Id, entry.Entry, known)).ToDictionary(subscriber => subscriber.Id);
    }

    private Subscriber Read(string id, Section section, HashSet<string> knownRules)
    {
        var (via, channel) = (section.Text("Via"), section.Text("Channel"));
        if (via is not null && channel is not null)
        {
            section.Problems.Error(channel.Place, section.PathOf("Channel"), "Via and Channel mean the same. Keep one.");
        }

        var subscriber = new Subscriber
        {
            Id = id,
            Email = section.Has("Email") ? section.Value<string?>("Email", text => Nullable(Values.Address(text)), null) : null,
            Channel = ChannelOf(section, channel ?? via, channel is null ? "Via" : "Channel"),
            Rules = RulesOf(section, knownRules),
            TimeZone = section.Value("TimeZone", Values.Zone, defaults.TimeZone),
            QuietHours = Quiet(section.Inner("QuietHours")),
            Cap = section.Value("Cap", Values.Cap, defaults.PerSubscriberCap),
        };
        if (!section.Has("Cap") && channels.GetValueOrDefault(subscriber.Channel) is Channel.Webhook)
        {
            subscriber = subscriber with { Cap = Cap.None };
        }

        if (subscriber.Email is null && !section.Has("Email") && channels.GetValueOrDefault(subscriber.Channel) is Channel.Email or Channel.Pickup)
        {
            section.Problems.Error(section.Place, section.PathOf("Email"), $"is missing: channel \"{subscriber.Channel}\" sends mail. Write \"Email\": \"{id}@example.com\".");
        }

        if (subscriber.Email is { } address && !System.Text.Ascii.IsValid(address.AsSpan(0, Math.Max(0, address.LastIndexOf('@')))))
        {
            section.Problems.Warn(section.PlaceOf("Email"), section.PathOf("Email"), "has letters beyond ASCII before the @: only mail servers with SMTPUTF8 take it. Try: newswatch send-test " + id);
        }

        section.Close();
        return subscriber;
    }

    private static Read<string?> Nullable(Read<string> read) => new(read.Value, read.Error);

    private string ChannelOf(Section section, TextNode? written, string key)
    {
        var id = written?.Text ?? defaults.Via;
        if (id is null)
        {
            section.Problems.Error(section.Place, section.PathOf("Via"), "is missing, and Defaults.Via names no channel either.");
        }
        else if (written is not null && !channels.ContainsKey(id))
        {
            section.Problems.Error(written.Place, section.PathOf(key), Spelling.Unknown("channel", id, [.. channels.Keys]));
        }

        return id ?? "";
    }

    private static HashSet<string>? RulesOf(Section section, HashSet<string> known)
    {
        var written = section.Texts("Rules");
        if (!section.Has("Rules") || written.Any(rule => rule.Text == "*"))
        {
            return null;
        }

        foreach (var odd in written.Where(rule => !known.Contains(rule.Text)))
        {
            section.Problems.Error(odd.Place, section.PathOf("Rules"), Spelling.Unknown("rule", odd.Text, known));
        }

        return [.. written.Select(rule => rule.Text)];
    }

    private static QuietHours? Quiet(Section? section)
    {
        if (section is null)
        {
            return null;
        }

        section.RequiredText("From");
        section.RequiredText("To");
        var (from, to) = (section.Value<TimeOnly?>("From", Values.TimeOrNone, null), section.Value<TimeOnly?>("To", Values.TimeOrNone, null));
        var quiet = new QuietHours(from ?? default, to ?? default, section.Value("BreakThrough", Values.Choice<Severity>("a severity"), Severity.Flash));
        if (from is not null && from == to)
        {
            section.Problems.Error(section.PlaceOf("To"), section.PathOf("To"), "From and To are the same. Leave QuietHours out, or set another time.");
        }

        section.Close();
        return quiet;
    }
}
