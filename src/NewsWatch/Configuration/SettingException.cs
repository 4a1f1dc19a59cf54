namespace NewsWatch.Configuration;

/// <summary>A host setting cannot be used.</summary>
/// <param name="message">The setting, the error, and what to write.</param>
public sealed class SettingException(string message) : Exception(message);
