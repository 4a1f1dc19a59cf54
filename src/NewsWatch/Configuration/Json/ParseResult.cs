namespace NewsWatch.Configuration.Json;

/// <summary>A value read from a text, or what is wrong with the text and what to write.</summary>
internal readonly record struct ParseResult<T>(T? Value, string? Error)
{
    public static implicit operator ParseResult<T>(T value) => new(value, null);

    public static ParseResult<T> Wrong(string error) => new(default, error);
}
