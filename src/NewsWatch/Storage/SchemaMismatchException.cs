namespace NewsWatch.Storage;

/// <summary>The database is not one that this version works with: another schema, or a server that cannot hold it.</summary>
/// <param name="message">What is there, what is needed, and what to do.</param>
public sealed class SchemaMismatchException(string message) : Exception(message);

/// <summary>There is no database yet where one is to be read.</summary>
/// <param name="message">Which file, and what to do.</param>
public sealed class NoDatabaseException(string message) : Exception(message);
