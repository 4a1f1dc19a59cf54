using NewsWatch.Core.Alerts;

namespace NewsWatch.Core.Tests.Alerts;

/// <summary>Plain examples to vary with <c>with</c>.</summary>
internal static class Some
{
    public static DateTimeOffset Noon { get; } = new(2025, 8, 6, 12, 0, 0, TimeSpan.Zero);

    public static AlertFacts Alert { get; } = new()
    {
        Rule = "ceasefire",
        Severity = Severity.Urgent,
        Story = 7,
        StoryKey = "00aa",
        Source = "wire",
    };

    public static Subscriber Anna { get; } = new() { Id = "anna", Email = "anna@example.com", Channel = "mail" };

    public static Subscriber Ben { get; } = new() { Id = "ben", Email = "ben@example.com", Channel = "mail" };

    public static Subscriber Room { get; } = new() { Id = "room", Channel = "hook" };

    public static IReadOnlyDictionary<string, Subscriber> Everybody { get; } = new[] { Anna, Ben, Room }.ToDictionary(subscriber => subscriber.Id);

    public static RouteCondition If(string text) => RouteCondition.Parse(text).Condition!;
}
