using System.Globalization;
using System.Net;
using NewsWatch.Configuration.Json;

namespace NewsWatch.Configuration.Binding;

/// <summary>Operator: who runs the installation, and which addresses it may reach.</summary>
internal sealed class OperatorReader(Secrets secrets)
{
    private const int HighestPort = 65535;

    public Operator Read(Section? section)
    {
        if (section is null)
        {
            return new Operator();
        }

        var ports = Ports(section);
        var read = new Operator
        {
            To = [.. section.Texts("To").Select(text => Each(section, "To", text, Values.Address)).OfType<string>()],
            Via = section.Text("Via")?.Text,
            Drill = section.Value<DrillTime?>("Drill", Time, null),
            HeartbeatUrl = new Urls(section, secrets, ports).SecretHttp("HeartbeatUrl"),
            AllowPrivate = [.. section.Texts("AllowPrivate").Select(text => Each(section, "AllowPrivate", text, Values.Network)).Where(network => network != default(IPNetwork))],
            AllowPorts = ports,
            Contact = section.Text("Contact")?.Text,
            PublicUrl = new Urls(section, secrets).PublicHttp("PublicUrl"),
        };
        if (read.Contact?.Any(letter => char.IsControl(letter) || letter is '(' or ')') == true)
        {
            section.Problems.Error(section.PlaceOf("Contact"), section.PathOf("Contact"), "holds control characters or brackets. Write a URL or an address.");
        }

        if (read.AllowPrivate.Count > 0)
        {
            section.Problems.Warn(
                section.PlaceOf("AllowPrivate"), section.PathOf("AllowPrivate"), "holds for every source, page, hub and webhook. For sources write \"AllowPrivate\": true at each one instead.");
        }

        section.Close();
        return read;
    }

    /// <summary>"Mon 10:00" or "daily 10:00".</summary>
    private static ParseResult<DrillTime?> Time(string text)
    {
        var parts = text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (parts is [var day, var at] && TimeOnly.TryParseExact(at, "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out var time))
        {
            var days = Enum.GetValues<DayOfWeek>().Where(one => $"{one}"[..3].Equals(day, StringComparison.OrdinalIgnoreCase)).ToList();
            if (days.Count == 1 || day.Equals("daily", StringComparison.OrdinalIgnoreCase))
            {
                return new DrillTime(days.Count == 1 ? days[0] : null, time);
            }
        }

        return ParseResult<DrillTime?>.Wrong($"\"{text}\" is not a time of drills. Write e.g. \"Mon 10:00\" or \"daily 10:00\".");
    }

    private static T? Each<T>(Section section, string key, TextNode text, Func<string, ParseResult<T>> read)
    {
        var (value, error) = read(text.Text);
        if (error is not null)
        {
            section.Problems.Error(text.Place, section.PathOf(key), error);
        }

        return value;
    }

    private static List<int> Ports(Section section)
    {
        var ports = new List<int>();
        foreach (var element in section.Array("AllowPorts"))
        {
            if (element is LiteralNode { Text: var text } && int.TryParse(text, CultureInfo.InvariantCulture, out var port) && port is > 0 and <= HighestPort)
            {
                ports.Add(port);
            }
            else
            {
                section.Problems.Error(element.Place, section.PathOf("AllowPorts"), $"expected a port from 1 to {HighestPort}, found {element.Kind}.");
            }
        }

        return ports;
    }
}
