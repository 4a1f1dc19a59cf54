namespace NewsWatch.Cli.Startup;

/// <summary>Exit codes of all commands; from 64 on they follow sysexits.h.</summary>
internal static class ExitCode
{
    /// <summary>Success.</summary>
    public const int Ok = 0;

    /// <summary>The command ran with a negative result: errors found, unhealthy, no match.</summary>
    public const int No = 1;

    /// <summary>The arguments are wrong.</summary>
    public const int Usage = 2;

    /// <summary>There is no database to read (EX_NOINPUT).</summary>
    public const int NoInput = 66;

    /// <summary>A port or an address of this machine is not available (EX_UNAVAILABLE).</summary>
    public const int Unavailable = 69;

    /// <summary>An internal failure: a bug, or a part of the service that ended by itself (EX_SOFTWARE).</summary>
    public const int Software = 70;

    /// <summary>The system's limits are too low, e.g. for open files (EX_OSERR).</summary>
    public const int System = 71;

    /// <summary>The database or its folder cannot be created or written (EX_CANTCREAT).</summary>
    public const int CannotCreate = 73;

    /// <summary>The database is damaged, or its disk is full or fails (EX_IOERR).</summary>
    public const int InputOutput = 74;

    /// <summary>Another process is in the way; a later try may succeed (EX_TEMPFAIL).</summary>
    public const int TryLater = 75;

    /// <summary>The configuration, a setting or the machine's equipment is refused (EX_CONFIG).</summary>
    public const int Configuration = 78;
}
