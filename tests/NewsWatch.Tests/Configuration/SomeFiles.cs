using System.Runtime.CompilerServices;
using NewsWatch.Configuration;
using NewsWatch.Configuration.Json;
using NewsWatch.Configuration.Loading;
using NewsWatch.Tests.Support;

namespace NewsWatch.Tests.Configuration;

/// <summary>Configurations for tests: as files beside the tests, or as text, with secrets that must never be seen again.</summary>
internal static class SomeFiles
{
    /// <summary>What no message, log or notice may hold.</summary>
    public const string Canary = "canary";

    /// <summary>A certificate, PEM.</summary>
    public static string Certificate { get; } = ReadCertificate();

    /// <summary>Known secrets; each holds the canary, except the one that is too short.</summary>
    public static Secrets Secrets { get; } = new(
        name => name switch
        {
            "HOOK_SECRET" => "hook-secret-canary-0123456789",
            "OLD_HOOK_SECRET" => "old-hook-secret-canary-0123456789",
            "FEED_KEY" => "Bearer canary",
            "SHORT_SECRET" => "canary",
            "BAD_URL" => "ftp://canary.example.com/",
            _ => null,
        },
        path => path switch
        {
            "/run/secrets/smtp" => "smtp-canary\r\n",
            "/etc/ssl/mail.pem" => Certificate,
            "/etc/ssl/half.pem" => Certificate[..200],
            "/run/secrets/dkim" => "-----BEGIN PRIVATE KEY-----dkim-canary\n",
            _ => null,
        });

    /// <summary>A loader with these secrets and one shipped catalogue.</summary>
    public static ConfigurationLoader Loader { get; } = LoaderWith(Secrets);

    public static ConfigurationLoader LoaderWith(Secrets secrets) => new(
        secrets,
        (name, _) => name == "entities"
            ? new("entities.json", """{ "Entities": { "shipped": { "Name": "Shipped" }, "putin": { "Name": "Overridden" } } }""")
            : null);

    private static string ReadCertificate()
    {
        using var certificate = TestCertificate.Create();
        return certificate.ExportCertificatePem();
    }

    public static string Folder([CallerFilePath] string here = "") => Path.GetDirectoryName(here)!;

    public static ConfigurationFiles Of(string text, string folder = "/etc/newswatch") => new(folder, [new("appsettings.json", text)]);

    public static LoadResult Load(string watch) => Loader.Load(Of($$"""{ "NewsWatch": {{watch}} }"""));
}
