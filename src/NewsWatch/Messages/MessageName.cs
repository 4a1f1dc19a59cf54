using NewsWatch.Core.Text;

namespace NewsWatch.Messages;

/// <summary>The names under which a message is known outside: functions of its bundle alone, so that each copy carries the same.</summary>
internal static class MessageName
{
    /// <summary>Message-ID without its angle brackets.</summary>
    /// <param name="domain">The domain of the From address.</param>
    public static string MailId(string bundle, string domain) => $"{Hash(bundle)}@{domain}";

    /// <summary>webhook-id, and a CloudEvents id.</summary>
    public static string WebhookId(string bundle) => $"msg_{Hash(bundle)}";

    private static string Hash(string bundle) => TextHash.Of(bundle, 32);
}
