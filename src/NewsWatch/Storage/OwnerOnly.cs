namespace NewsWatch.Storage;

/// <summary>Files and folders that hold what subscribers read and who they are: nobody but their owner opens them, whatever the umask is.</summary>
internal static class OwnerOnly
{
    private const UnixFileMode File = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode Folder = File | UnixFileMode.UserExecute;

    /// <summary>Creates a folder and those above it that are missing; one that is there keeps its mode.</summary>
    public static void CreateFolder(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(path);
        }
        else
        {
            Directory.CreateDirectory(path, Folder);
        }
    }

    /// <summary>Creates a file, or empties the one that is there.</summary>
    public static FileStream Create(string path)
    {
        Tighten(path);
        return new(path, Options(FileMode.Create));
    }

    /// <summary>Sees to it that a file is there and is nobody else's.</summary>
    public static void Touch(string path)
    {
        Tighten(path);
        if (!System.IO.File.Exists(path))
        {
            new FileStream(path, Options(FileMode.OpenOrCreate)).Dispose();
        }
    }

    /// <summary>Takes a file that others may open from them; one that is not there, or of another owner, is left.</summary>
    public static void Tighten(string path)
    {
        try
        {
            if (!OperatingSystem.IsWindows() && System.IO.File.Exists(path) && (System.IO.File.GetUnixFileMode(path) & ~Folder) != UnixFileMode.None)
            {
                System.IO.File.SetUnixFileMode(path, File);
            }
        }
        catch (Exception notOurs) when (notOurs is IOException or UnauthorizedAccessException)
        {
            // it works as it is; only its owner can change that
        }
    }

    private static FileStreamOptions Options(FileMode mode)
    {
        var options = new FileStreamOptions { Mode = mode, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = File;
        }

        return options;
    }
}
