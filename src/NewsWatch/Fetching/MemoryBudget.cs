namespace NewsWatch.Fetching;

/// <summary>
/// The memory that strangers' documents may take at once, from any number of sources: bodies while they are received and kept, and documents while they are
/// decoded and parsed and their result is not stored yet. Sockets are slow and processors are not, so each has a pool of its own: whoever sends slowly
/// holds up no reading.
/// </summary>
public sealed class MemoryBudget
{
    private const long Mebibyte = 1024 * 1024;
    private const long MinBudget = 48 * Mebibyte;
    private const long MaxBudget = 256 * Mebibyte;

    /// <summary>Usual feeds never wait: a body of 256 KiB, which is held twice while it grows.</summary>
    private const long SmallBody = Mebibyte / 2;
    private const long SmallDocument = Mebibyte;

    /// <summary>Divides what the process may use.</summary>
    /// <param name="available">Bytes that the process may use; a quarter is for documents that are read, a third of that for bodies.</param>
    public MemoryBudget(long available)
    {
        var read = Math.Clamp(available / 4, MinBudget, MaxBudget);
        (Received, Read) = (new BudgetPool(read / 3, SmallBody), new BudgetPool(read, SmallDocument));
    }

    /// <summary>Bodies.</summary>
    internal BudgetPool Received { get; }

    /// <summary>Documents.</summary>
    internal BudgetPool Read { get; }

    /// <summary>The budget for what the runtime may use here: the container's limit or the machine's memory.</summary>
    public static MemoryBudget OfProcess() => new(GC.GetGCMemoryInfo().TotalAvailableMemoryBytes);

    /// <summary>Opens the account of one job, e.g. one poll or one page; disposing it gives everything back.</summary>
    public Holding Open() => new(Received.Open(), Read.Open());
}

/// <summary>What one job holds of the memory budget.</summary>
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
