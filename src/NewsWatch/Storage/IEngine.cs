using System.Data.Common;
using NewsWatch.Storage.Locks;

namespace NewsWatch.Storage;

/// <summary>A database engine, as far as the engines differ: how connections are opened, and how the one writer of a process begins and ends its transactions.</summary>
internal interface IEngine : IAsyncDisposable
{
    /// <summary>False when it was opened for reading alone.</summary>
    bool CanWrite { get; }

    /// <summary>Opens a connection that sees everything committed before.</summary>
    DbConnection OpenForReading();

    /// <summary>Opens the one connection of this process that writes.</summary>
    IWriter OpenForWriting();
}

/// <summary>The connection that writes: transactions one after the other, and in each of them units of work, of which each may be undone alone.</summary>
internal interface IWriter : IDisposable
{
    /// <summary>The connection, inside a transaction.</summary>
    DbConnection Connection { get; }

    /// <summary>What the transaction holds against those of other processes; null where no other process writes meanwhile.</summary>
    PostgresLocks? Locks { get; }

    /// <summary>True when there is no transaction any more: it is committed, or the engine has undone it by itself, because the disk was full or the connection broke.</summary>
    bool HasEnded { get; }

    /// <summary>Begins a transaction with its first unit of work, when nobody else writes about the same.</summary>
    void Begin(LockSet locks);

    /// <summary>
    /// Begins the transaction's next unit of work; false, without waiting, when somebody else writes about the same. What it throws is the failure of the unit before, whose last statements may go
    /// along; so for <see cref="CommitAsync"/>.
    /// </summary>
    bool BeginNext(LockSet locks);

    /// <summary>Undoes the unit of work alone.</summary>
    void Undo();

    /// <summary>True when a unit of work failed because others wrote at the same time: while nobody does it may succeed.</summary>
    bool IsConflict(Exception failure);

    /// <summary>True when the connection broke under the transaction: nothing of it was written, and on another connection it may be.</summary>
    bool IsBroken(Exception failure);

    /// <summary>Ends the transaction. When this returns it is durable, even if the engine's answer was lost on the way.</summary>
    /// <exception cref="DbException">Nothing of it was written.</exception>
    Task CommitAsync();

    /// <summary>Undoes the transaction, if that has not happened already.</summary>
    void RollBack();
}
