namespace NewsWatch.Fetching;

/// <summary>
/// The memory for untrusted documents at one time, from any number of sources: bodies while they arrive and are kept, and documents while they are
/// decoded and parsed and until their result is stored. Sockets are slow and processors are not, so each has a pool of its own: a slow sender
/// does not delay any reading.
/// </summary>
public sealed class MemoryBudget
{
    private const long Mebibyte = 1024 * 1024;
    private const long MinBudget = 48 * Mebibyte;
    private const long MaxBudget = 256 * Mebibyte;

    /// <summary>Usual feeds never wait: this is a body of 256 KiB, counted twice while it grows.</summary>
    private const long SmallBody = Mebibyte / 2;
    private const long SmallDocument = Mebibyte;

    /// <summary>Divides the memory of the process.</summary>
    /// <param name="available">Bytes that the process may use; a fifth is for documents that are read, a third of that for bodies; the collector and the database need the rest.</param>
    public MemoryBudget(long available)
    {
        var read = Math.Clamp(available / 5, MinBudget, MaxBudget);
        (Received, Read) = (new BudgetPool(read / 3, SmallBody), new BudgetPool(read, SmallDocument));
    }

    /// <summary>Bodies.</summary>
    internal BudgetPool Received { get; }

    /// <summary>Documents.</summary>
    internal BudgetPool Read { get; }

    /// <summary>The budget from the runtime's limit: the container's limit or the machine's memory.</summary>
    public static MemoryBudget OfProcess() => new(GC.GetGCMemoryInfo().TotalAvailableMemoryBytes);

    /// <summary>Opens the account of one job, e.g. one poll or one page; disposing it gives everything back.</summary>
    public Holding Open() => new(Received.Open(), Read.Open());
}

/// <summary>One job's share of the memory budget.</summary>
public sealed class Holding : IDisposable
{
    internal Holding(BudgetShare received, BudgetShare read) => (Received, Read) = (received, read);

    /// <summary>Its body.</summary>
    internal BudgetShare Received { get; }

    /// <summary>Its document.</summary>
    internal BudgetShare Read { get; }

    /// <inheritdoc/>
    public void Dispose()
    {
        Received.Shrink(0);
        Read.Shrink(0);
    }
}
