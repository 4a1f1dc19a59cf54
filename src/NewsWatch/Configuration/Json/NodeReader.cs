using System.Text;
using System.Text.Json;

namespace NewsWatch.Configuration.Json;

/// <summary>Reads JSON (comments and trailing commas allowed) into nodes that know their places.</summary>
internal sealed class NodeReader
{
    private const int MaxDepth = 64;
    private readonly string _file;
    private readonly string _text;
    private readonly byte[] _bytes;
    private readonly List<int> _lineStarts = [0];

    private NodeReader(ConfigurationFile file)
    {
        _file = file.Name;
        _text = file.Text.TrimStart('\uFEFF');
        _bytes = Encoding.UTF8.GetBytes(_text);
        for (var i = 0; i < _bytes.Length; i++)
        {
            if (_bytes[i] == '\n')
            {
                _lineStarts.Add(i + 1);
            }
        }
    }

    /// <summary>The file's root, or null with a problem that names the place.</summary>
    public static Node? Read(ConfigurationFile file, Problems problems)
    {
        if (string.IsNullOrWhiteSpace(file.Text))
        {
            problems.Error(new Place(file.Name, 1, 1), "", "the file is empty or cannot be read. It may have been incomplete at that moment.");
            return null;
        }

        var nodes = new NodeReader(file);
        try
        {
            return nodes.Read();
        }
        catch (JsonException broken)
        {
            nodes.Tell(broken, problems);
            return null;
        }
    }

    /// <summary>The mistake in plain words, else in the library's.</summary>
    private void Tell(JsonException broken, Problems problems)
    {
        var mistake = JsonMistake.Find(_text)
            ?? new(_text.Length == 0 ? 0 : OffsetOf(broken), $"this is not JSON: {broken.Message.Split(" LineNumber:", 2)[0]}");
        var before = _text.AsSpan(0, mistake.Offset);
        var start = before.LastIndexOf('\n') + 1;
        var line = _text[start..].Split('\n', 2)[0].TrimEnd('\r');
        problems.ErrorAt(new Place(_file, before.Count('\n') + 1, mistake.Offset - start + 1), "", mistake.Message, line, mistake.Offset - start);
    }

    private int OffsetOf(JsonException broken)
    {
        var line = _lineStarts[Math.Clamp((int)(broken.LineNumber ?? 0), 0, _lineStarts.Count - 1)];
        return Encoding.UTF8.GetCharCount(_bytes, 0, Math.Min(_bytes.Length, line + (int)(broken.BytePositionInLine ?? 0)));
    }

    private Node Read()
    {
        var reader = new Utf8JsonReader(_bytes, new JsonReaderOptions { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip, MaxDepth = MaxDepth });
        reader.Read();
        var root = Value(ref reader);
        while (reader.Read())
        {
            // anything after the root is an error that the reader throws
        }

        return root;
    }

    private Node Value(ref Utf8JsonReader reader)
    {
        var place = PlaceOf((int)reader.TokenStartIndex);
        switch (reader.TokenType)
        {
            case JsonTokenType.StartObject:
                return Object(ref reader, place);
            case JsonTokenType.StartArray:
                var elements = new List<Node>();
                while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
                {
                    elements.Add(Value(ref reader));
                }

                return new ArrayNode(place, elements);
            case JsonTokenType.String:
                return new TextNode(place, Text(ref reader), Encoding.UTF8.GetString(reader.ValueSpan));
            default:
                return new LiteralNode(place, Encoding.UTF8.GetString(reader.ValueSpan));
        }
    }

    private ObjectNode Object(ref Utf8JsonReader reader, Place place)
    {
        var members = new List<Member>();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
        {
            var (key, keyPlace) = (Text(ref reader), PlaceOf((int)reader.TokenStartIndex));
            reader.Read();
            members.Add(new Member(key, keyPlace, Value(ref reader)));
        }

        return new ObjectNode(place, members);
    }

    /// <summary>The reader throws InvalidOperationException for a lone surrogate escape; to an operator it is broken JSON like any other.</summary>
    private static string Text(ref Utf8JsonReader reader)
    {
        try
        {
            return reader.GetString()!;
        }
        catch (InvalidOperationException halfPair)
        {
            throw new JsonException("half of a surrogate pair (\\ud800-\\udfff) has no other half.", null, 0, reader.TokenStartIndex, halfPair);
        }
    }

    private Place PlaceOf(int at)
    {
        var line = _lineStarts.BinarySearch(at);
        line = line < 0 ? ~line - 1 : line;
        return new Place(_file, line + 1, Encoding.UTF8.GetCharCount(_bytes, _lineStarts[line], at - _lineStarts[line]) + 1);
    }
}
