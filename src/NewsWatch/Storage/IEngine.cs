using System.Data.Common;

namespace NewsWatch.Storage;

/// <summary>A database engine, as far as the engines differ: how connections are opened, and how the one writer begins and ends its transactions.</summary>
internal interface IEngine : IAsyncDisposable
{
    /// <summary>False when it was opened for reading alone.</summary>
    bool CanWrite { get; }

    /// <summary>Opens a connection that sees everything committed before.</summary>
    DbConnection OpenForReading();

    /// <summary>Opens the one connection that writes.</summary>
    IWriter OpenForWriting();
}

/// <summary>The connection that writes. Its transactions come one after the other, with those of all other processes too.</summary>
internal interface IWriter : IDisposable
{
    /// <summary>The connection, inside a transaction.</summary>
    DbConnection Connection { get; }

    /// <summary>True when the engine has undone the transaction by itself: the disk was full, or the connection broke.</summary>
    bool HasUndoneAll { get; }

    /// <summary>Begins a transaction when no other one is open anywhere.</summary>
    void Begin();

    /// <summary>Ends the transaction. When this returns it is durable, even if the engine's answer was lost on the way.</summary>
    /// <exception cref="DbException">Nothing of it was written.</exception>
    Task CommitAsync();

    /// <summary>Undoes the transaction, if that has not happened already.</summary>
    void RollBack();
}
