using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace NewsWatch.Desk.Api;

/// <summary>The body of an act: a JSON object whose fields are those of the page's form.</summary>
internal static class ApiBody
{
    private const string Key = "Idempotency-Key";
    private const int MaxKey = 64;

    /// <summary>Reads the body as a form.</summary>
    /// <returns>Either the form or what is wrong with the body.</returns>
    public static async Task<(IFormCollection? Form, string? Problem)> ReadAsync(HttpRequest request, IReadOnlyList<string> fields)
    {
        var key = request.Headers[Key].ToString();
        if (key.Length > MaxKey)
        {
            return (null, $"{Key} is longer than {MaxKey} characters. Use a shorter one.");
        }

        try
        {
            using var body = await JsonDocument.ParseAsync(request.Body, default, request.HttpContext.RequestAborted);
            return body.RootElement.ValueKind == JsonValueKind.Object ? Form(body.RootElement, fields, key) : (null, "The body is no JSON object.");
        }
        catch (JsonException wrong)
        {
            return (null, $"The body is no JSON: {wrong.Message}");
        }
    }

    private static (IFormCollection? Form, string? Problem) Form(JsonElement body, IReadOnlyList<string> fields, string key)
    {
        var form = new Dictionary<string, StringValues> { ["key"] = key };
        foreach (var field in body.EnumerateObject())
        {
            if (!fields.Contains(field.Name))
            {
                return (null, $"{field.Name} is no field of this act. Allowed: {(fields.Count == 0 ? "none" : string.Join(", ", fields))}.");
            }

            form[field.Name] = field.Value.ValueKind switch
            {
                JsonValueKind.String => field.Value.GetString(),
                JsonValueKind.False or JsonValueKind.Null => "",
                _ => field.Value.GetRawText(), // an edit of the configuration is an object
            };
        }

        return (new FormCollection(form), null);
    }
}
