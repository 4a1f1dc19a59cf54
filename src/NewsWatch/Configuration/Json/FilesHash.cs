using System.Security.Cryptography;
using System.Text;

namespace NewsWatch.Configuration.Json;

/// <summary>Tells whether the files of a configuration were edited. It is asked every second, so it keeps no text, however long the files are.</summary>
internal static class FilesHash
{
    /// <summary>The SHA-256 of all names and contents, in hexadecimal; empty where a file cannot be read.</summary>
    public static string Of(string mainFile)
    {
        try
        {
            using var all = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            foreach (var path in ConfigurationFiles.Paths(mainFile))
            {
                using var file = File.OpenRead(path);
                all.AppendData(Encoding.UTF8.GetBytes(path + '\0'));
                all.AppendData(SHA256.HashData(file));
            }

            return Convert.ToHexStringLower(all.GetHashAndReset());
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }
}
