namespace NewsWatch.Configuration.Json;

/// <summary>A JSON mistake at the place where a person makes it: an open brace at the brace, not at the file's end.</summary>
/// <param name="Offset">UTF-16 offset into the text.</param>
/// <param name="Message">The error and what to write instead.</param>
internal sealed record JsonMistake(int Offset, string Message)
{
    /// <summary>The first mistake; null for none.</summary>
    public static JsonMistake? Find(string text) => new JsonWalk(text).Run();
}
