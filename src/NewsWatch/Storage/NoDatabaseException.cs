namespace NewsWatch.Storage;

/// <summary>There is no database yet where one is to be read.</summary>
/// <param name="message">Which file, and what to do.</param>
public sealed class NoDatabaseException(string message) : Exception(message);
