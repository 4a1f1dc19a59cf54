namespace NewsWatch.Storage;

/// <summary>The database has another schema than this version works with.</summary>
/// <param name="message">Both versions, and what to do.</param>
public sealed class SchemaMismatchException(string message) : Exception(message);
