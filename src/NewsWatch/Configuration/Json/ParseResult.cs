namespace NewsWatch.Configuration.Json;

/// <summary>A value parsed from a string, or the error with what to write.</summary>
internal readonly record struct ParseResult<T>(T? Value, string? Error)
{
    public static implicit operator ParseResult<T>(T value) => new(value, null);

    public static ParseResult<T> Wrong(string error) => new(default, error);
}
