namespace NewsWatch.Configuration.Json;

/// <summary>What keeps a text from being JSON, in words, where a person makes the mistake: an open brace at the brace, not at the file's end.</summary>
/// <param name="Offset">UTF-16 offset into the text.</param>
/// <param name="Message">What is wrong; what to write instead.</param>
internal sealed record JsonMistake(int Offset, string Message)
{
    /// <summary>The first mistake; null when this reader sees none.</summary>
    public static JsonMistake? Find(string text) => new JsonWalk(text).Run();
}
