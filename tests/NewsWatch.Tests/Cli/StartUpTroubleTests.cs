using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Configuration;
using NewsWatch.Cli.Startup;
using NewsWatch.Configuration;
using NewsWatch.Storage;

namespace NewsWatch.Tests.Cli;

/// <summary>What an operator reads when NewsWatch cannot start: one line, and an exit code of sysexits.h.</summary>
public sealed class StartUpTroubleTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("newswatch-test-").FullName;

    private string Database => Path.Combine(_folder, "newswatch.db");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData(11, 74, "is damaged (what SQLite says)")]
    [InlineData(26, 74, "is damaged (what SQLite says)")]
    [InlineData(13, 74, "is full")]
    [InlineData(10, 74, "The disk of the database")]
    [InlineData(8, 73, "cannot be opened for writing")]
    [InlineData(14, 73, "cannot be opened for writing")]
    [InlineData(5, 75, "locked")]
    public void What_sqlite_refuses_is_one_line_that_names_the_file(int code, int exit, string says)
    {
        var trouble = Of(new SqliteException($"SQLite Error {code}: 'what SQLite says'.", code))!;

        Assert.Equal(exit, trouble.Exit);
        Assert.Contains(Database, trouble.Text, StringComparison.Ordinal);
        Assert.Contains(says, trouble.Text, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', trouble.Text);
    }

    [Fact]
    public void A_damaged_database_names_the_newest_backup()
    {
        foreach (var name in new[] { "newswatch-20250808T030000Z.db", "newswatch-20250809T030000Z.db", "newswatch-old.db" })
        {
            File.WriteAllText(Path.Combine(_folder, name), "");
        }

        Assert.Contains($"copy {Path.Combine(_folder, "newswatch-20250809T030000Z.db")} into its place", Of(new SqliteException("", 11))!.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_port_in_use_names_the_settings_with_their_addresses()
    {
        var trouble = Of(new IOException("Failed to bind to address http://127.0.0.1:8080: address already in use.", new AddressInUseException("", new SocketException((int)SocketError.AddressAlreadyInUse))))!;

        Assert.Equal(69, trouble.Exit);
        Assert.Contains("Kestrel__Endpoints__Public__Url (now http://127.0.0.1:8080)", trouble.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_bug_is_no_trouble_of_the_operator()
    {
        Assert.Null(Of(new InvalidOperationException("no")));
        Assert.Null(Of(new SqliteException("SQLite Error 1: 'no such column: x'.", 1)));
        Assert.Null(Of(new FormatException("no")));
    }

    [Fact]
    public void A_setting_and_another_schema_are_refused_with_78()
    {
        Assert.Equal(78, Of(new SettingException("Storage:KeepBackups: 0"))!.Exit);
        Assert.Equal(78, Of(new SchemaMismatchException("schema 99"))!.Exit);
    }

    [Theory]
    [InlineData(false, true, 1024, 78, "icu-libs")]
    [InlineData(true, false, 1024, 78, "tzdata")]
    [InlineData(true, true, 256, 71, "may open 256 files")]
    public void A_machine_that_lacks_something_says_what_to_install(bool accents, bool zones, long files, int exit, string says)
    {
        var lack = new Equipment(accents, zones, files).Lack()!;

        Assert.Equal(exit, lack.Exit);
        Assert.Contains(says, lack.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_machine_with_everything_lacks_nothing() => Assert.Null(new Equipment(true, true, null).Lack());

    [Fact]
    public void A_proxy_of_the_environment_is_named_as_not_used()
    {
        Assert.StartsWith("HTTPS_PROXY is set, but NewsWatch does not use it", Equipment.IgnoredProxy(name => name == "https_proxy" ? "http://proxy.example.com" : null), StringComparison.Ordinal);
        Assert.Null(Equipment.IgnoredProxy(name => name == "NO_PROXY" ? "*" : null));
    }

    private StartUpTrouble? Of(Exception failure) => StartUpTrouble.From(failure, new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
    {
        ["Storage:Path"] = Database,
        ["Storage:BackupFolder"] = _folder,
        ["Kestrel:Endpoints:Public:Url"] = "http://127.0.0.1:8080",
        ["Kestrel:Endpoints:Operator:Url"] = "http://127.0.0.1:8081",
    }).Build());
}
