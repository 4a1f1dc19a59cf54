namespace NewsWatch.Configuration.Json;

/// <summary>A place in a configuration file; lines and columns count from 1, columns in UTF-16 code units. An environment variable has line 0, and its name for the file's.</summary>
public sealed record Place(string File, int Line, int Column)
{
    /// <summary>An environment variable, which comes before what the file says.</summary>
    public static Place OfVariable(string name) => new(name, 0, 0);

    /// <inheritdoc/>
    public override string ToString() => Line == 0 ? File : $"{File}:{Line}:{Column}";
}

/// <summary>A JSON value that knows its place.</summary>
internal abstract record Node(Place Place)
{
    /// <summary>Its kind in the operator's words.</summary>
    public abstract string Kind { get; }

    /// <summary>Its name in messages: a short string or a number as written, else its kind.</summary>
    public virtual string Shown => Kind;
}

/// <summary>An object; keys keep their order and their places.</summary>
internal sealed record ObjectNode(Place Place, IReadOnlyList<Member> Members) : Node(Place)
{
    public override string Kind => "an object { }";

    /// <summary>The value of a key, or null.</summary>
    public Node? this[string key] => Members.FirstOrDefault(member => member.Key == key)?.Value;
}

/// <summary>One key of an object.</summary>
internal sealed record Member(string Key, Place KeyPlace, Node Value);

/// <summary>An array.</summary>
internal sealed record ArrayNode(Place Place, IReadOnlyList<Node> Elements) : Node(Place)
{
    public override string Kind => "an array [ ]";
}

/// <summary>A string.</summary>
/// <param name="Text">Its value.</param>
/// <param name="Raw">The source between the quotes, with its escapes, to find the place of a character of the value.</param>
internal sealed record TextNode(Place Place, string Text, string Raw) : Node(Place)
{
    private const int MaxShownLength = 40;

    public override string Kind => "a string";

    public override string Shown => Raw.Length <= MaxShownLength ? $"\"{Raw}\"" : Kind;

    /// <summary>The place of the character at <paramref name="offset"/> of the value.</summary>
    public Place At(int offset)
    {
        var raw = 0;
        for (var value = 0; value < offset && raw < Raw.Length; value++)
        {
            raw += Raw[raw] != '\\' ? 1 : raw + 1 < Raw.Length && Raw[raw + 1] == 'u' ? 6 : 2;
        }

        return Place with { Column = Place.Column + 1 + raw };
    }
}

/// <summary>A number, true, false or null, as written.</summary>
internal sealed record LiteralNode(Place Place, string Text) : Node(Place)
{
    public override string Kind => Text is "true" or "false" ? "true or false" : Text == "null" ? "null" : "a number";

    public override string Shown => Text;

    public bool IsNumber => Text is not ("true" or "false" or "null");
}
