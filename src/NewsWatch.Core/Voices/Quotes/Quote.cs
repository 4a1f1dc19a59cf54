namespace NewsWatch.Core.Voices.Quotes;

/// <summary>What somebody said, in his own words.</summary>
/// <param name="Start">UTF-16 offset of the opening mark.</param>
/// <param name="End">Behind the closing mark.</param>
/// <param name="SpeakerStart">Where the words that name the speaker begin; -1 when the text does not say.</param>
/// <param name="SpeakerEnd">Behind them.</param>
/// <param name="Name">The speaker's fullest name in the text, or the words that describe him; null rather than a wrong one.</param>
public sealed record Quote(int Start, int End, int SpeakerStart, int SpeakerEnd, string? Name);
