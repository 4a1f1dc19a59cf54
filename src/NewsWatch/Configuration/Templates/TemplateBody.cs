using System.Text.Json.Nodes;
using DotLiquid;

namespace NewsWatch.Configuration.Templates;

/// <summary>
/// A call's body as JSON whose texts are templates. What a template becomes is escaped as JSON wants it, so no headline can end its text; a member
/// whose text becomes empty is left out.
/// </summary>
internal abstract record TemplateBody
{
    /// <summary>The JSON; null for a text that becomes empty.</summary>
    public abstract JsonNode? Fill(Hash values);

    /// <summary>A text.</summary>
    public sealed record Words(LiquidText Template) : TemplateBody
    {
        /// <inheritdoc/>
        public override JsonNode? Fill(Hash values) => Template.Fill(values) is { Length: > 0 } text ? JsonValue.Create(text) : null;
    }

    /// <summary>A template that becomes a whole number: <c>{"$number": "..."}</c>.</summary>
    public sealed record Number(LiquidText Template) : TemplateBody
    {
        /// <inheritdoc/>
        public override JsonNode? Fill(Hash values) => JsonValue.Create(Read(Template.Fill(values)));

        /// <summary>The number.</summary>
        /// <exception cref="TemplateException">It is none.</exception>
        public static long Read(string text) =>
            long.TryParse(text.Trim(), System.Globalization.CultureInfo.InvariantCulture, out var number) ? number : throw new TemplateException($"becomes \"{text}\", which is not a whole number.");
    }

    /// <summary>A number, true, false or null as written.</summary>
    public sealed record Literal(string Json) : TemplateBody
    {
        /// <inheritdoc/>
        public override JsonNode? Fill(Hash values) => JsonNode.Parse(Json);
    }

    /// <summary>An object.</summary>
    public sealed record Members(IReadOnlyList<KeyValuePair<string, TemplateBody>> All) : TemplateBody
    {
        /// <inheritdoc/>
        public override JsonNode? Fill(Hash values) => new JsonObject(All
            .Select(member => KeyValuePair.Create(member.Key, member.Value.Fill(values)))
            .Where(member => member.Value is not null));
    }

    /// <summary>An array.</summary>
    public sealed record Elements(IReadOnlyList<TemplateBody> All) : TemplateBody
    {
        /// <inheritdoc/>
        public override JsonNode? Fill(Hash values) => new JsonArray([.. All.Select(element => element.Fill(values)).Where(element => element is not null)]);
    }
}
