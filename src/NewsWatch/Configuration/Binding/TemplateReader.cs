using System.Net.Http.Headers;
using System.Text.Json;
using NewsWatch.Configuration.Json;
using NewsWatch.Configuration.Templates;

namespace NewsWatch.Configuration.Binding;

/// <summary>Reads a webhook's template, and tries each part of it with sample messages: what would fail at night is an error at load.</summary>
internal sealed class TemplateReader(Section section, IReadOnlyDictionary<string, TemplateValue> values)
{
    private const string NumberKey = "$number";
    private const int MinText = 300;
    private const int MaxText = 20_000;
    private static readonly string[] Methods = ["POST", "PUT"];
    private static readonly string[] OurHeaders = ["host", "connection", "transfer-encoding", "user-agent", "webhook-id", "webhook-timestamp", "webhook-signature"];
    private IReadOnlyList<TemplateModel> _samples = TemplateSamples.Several;

    /// <summary>The template; null where its body cannot be used.</summary>
    public WebhookTemplate? Read()
    {
        var oneAlert = section.Bool("OneAlert");
        _samples = oneAlert ? TemplateSamples.OneAlert : TemplateSamples.Several;
        var type = section.Value("ContentType", MediaType, "application/json");
        var template = new
        {
            Method = section.Value("Method", Method, "POST"),
            Path = section.Text("Path") is { } path ? Try(path, section.PathOf("Path"), text => CallPart.Path(text)) : null,
            Headers = Headers(),
            MaxText = section.Int("MaxText", MinText, MaxText, 4_000),
            Body = Body(type),
        };
        section.Close();
        return template.Body is null
            ? null
            : new(template.Body) { Method = template.Method, Path = template.Path, Headers = template.Headers, ContentType = type, OneAlert = oneAlert, MaxText = template.MaxText, Values = values };
    }

    private static ParseResult<string> Method(string text) => Methods.Contains(text) ? text : ParseResult<string>.Wrong($"\"{text}\" is not a method for calls. Use {Values.Alternatives(Methods)}.");

    private static ParseResult<string> MediaType(string text) =>
        MediaTypeHeaderValue.TryParse(text, out _) ? text : ParseResult<string>.Wrong($"\"{text}\" is not a media type. Write e.g. application/json or text/plain; charset=utf-8.");

    private List<KeyValuePair<string, LiquidText>> Headers()
    {
        var headers = new List<KeyValuePair<string, LiquidText>>();
        foreach (var (name, place, value) in section.Members("Headers"))
        {
            var path = $"{section.PathOf("Headers")}.{name}";
            if (OurHeaders.Contains(name.ToLowerInvariant()) || !IsRequestHeader(name))
            {
                section.Problems.Error(place, path, "is not a header that a template may set.");
            }
            else if (value is not TextNode text)
            {
                section.Problems.Error(value.Place, path, $"expected a string in quotes, found {value.Kind}.");
            }
            else if (Try(text, path, filled => CallPart.Header(filled)) is { } template)
            {
                headers.Add(KeyValuePair.Create(name, template));
            }
        }

        return headers;
    }

    private static bool IsRequestHeader(string name)
    {
        using var request = new HttpRequestMessage();
        return request.Headers.TryAddWithoutValidation(name, "x");
    }

    private TemplateBody? Body(string type)
    {
        if (section.Any("Body") is not { } body)
        {
            section.Problems.Error(section.Place, section.PathOf("Body"), "is missing. Write the call's JSON, e.g. { \"text\": \"{{ title }}\\n{{ text }}\" }.");
            return null;
        }

        var isJson = type.Contains("json", StringComparison.OrdinalIgnoreCase);
        return body is TextNode text
            ? Try(text, section.PathOf("Body"), isJson ? IsJson : NotEmpty) is { } whole ? new TemplateBody.Words(whole) : null
            : isJson ? Node(body, section.PathOf("Body"))
            : Refuse(body, section.PathOf("Body"), $"is JSON, and ContentType says {type}. Write it as one string in quotes.");
    }

    private TemplateBody? Node(Node node, string path) => node switch
    {
        TextNode text => Try(text, path, _ => { }) is { } template ? new TemplateBody.Words(template) : null,
        ObjectNode { Members: [{ Key: NumberKey, Value: TextNode number }] } => Try(number, path, filled => TemplateBody.Number.Read(filled)) is { } template ? new TemplateBody.Number(template) : null,
        ObjectNode map => new TemplateBody.Members([.. map.Members.DistinctBy(member => member.Key).Select(member => KeyValuePair.Create(member.Key, Node(member.Value, $"{path}.{member.Key}")!)).Where(member => member.Value is not null)]),
        ArrayNode list => new TemplateBody.Elements([.. list.Elements.Select((element, at) => Node(element, $"{path}[{at}]")).OfType<TemplateBody>()]),
        LiteralNode literal => new TemplateBody.Literal(literal.Text),
        _ => Refuse(node, path, "is not JSON."),
    };

    private TemplateBody? Refuse(Node node, string path, string message)
    {
        section.Problems.Error(node.Place, path, message);
        return null;
    }

    private static void IsJson(string filled)
    {
        try
        {
            using var json = JsonDocument.Parse(filled);
        }
        catch (JsonException)
        {
            throw new TemplateException("is not JSON with every headline. Write Body as an object { }, or \"| json\" behind each text.");
        }
    }

    private static void NotEmpty(string filled)
    {
        if (string.IsNullOrWhiteSpace(filled))
        {
            throw new TemplateException("becomes empty.");
        }
    }

    /// <summary>The compiled text; null with a problem where one of the samples does not fill it. Secrets are not in what is tried.</summary>
    private LiquidText? Try(TextNode text, string path, Action<string> check)
    {
        try
        {
            var template = LiquidText.Parse(text.Text);
            var unknown = new List<string>();
            foreach (var sample in _samples)
            {
                check(template.Fill(sample.Variables(values.Select(value => KeyValuePair.Create(value.Key, value.Value.IsSecret ? "secret" : value.Value.Text))), unknown.Add));
            }

            foreach (var name in unknown.Where(name => !name.StartsWith("labels.", StringComparison.Ordinal)).Distinct())
            {
                section.Problems.Error(text.Place, path, Unknown(name));
            }

            return template;
        }
        catch (TemplateException wrong)
        {
            section.Problems.Error(text.Place, path, wrong.Message);
            return null;
        }
    }

    private string Unknown(string name) => name.StartsWith("values.", StringComparison.Ordinal)
        ? $"there is no \"{name[7..]}\" in the channel's Values.{Spelling.DidYouMean(name[7..], values.Keys)}"
        : $"{Spelling.Unknown("variable", name, TemplateModel.Names)}";
}
