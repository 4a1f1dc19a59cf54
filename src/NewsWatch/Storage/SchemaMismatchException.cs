namespace NewsWatch.Storage;

/// <summary>The database is not one that this version works with: another schema, or a server that cannot hold it.</summary>
/// <param name="message">What is there, what is needed, and what to do.</param>
public sealed class SchemaMismatchException(string message) : Exception(message);
