using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using NewsWatch.Configuration;
using NewsWatch.Maintenance;
using NewsWatch.Storage.Upkeep;

namespace NewsWatch.Tests.Maintenance;

public sealed class MaintenanceSettingsTests
{
    [Fact]
    public void The_defaults_keep_90_days_and_make_no_copies()
    {
        using var services = Services();

        Assert.Equal(RetentionTimes.Default, services.GetRequiredService<RetentionTimes>());
        Assert.Equal(new BackupFolder(null, 7), services.GetRequiredService<BackupFolder>());
    }

    [Fact]
    public void The_hosts_settings_say_otherwise()
    {
        using var services = Services(("Storage:KeepStories", "30d"), ("Storage:KeepDeliveries", "7d"), ("Storage:BackupFolder", "copies"), ("Storage:KeepBackups", "3"));

        Assert.Equal(new RetentionTimes(TimeSpan.FromDays(30), TimeSpan.FromDays(7)), services.GetRequiredService<RetentionTimes>());
        Assert.Equal(new BackupFolder("copies", 3), services.GetRequiredService<BackupFolder>());
    }

    [Theory]
    [InlineData("Storage:KeepStories", "90", "Storage:KeepStories: \"90\" has no unit. Write 90s, 90m or 90h.")]
    [InlineData("Storage:KeepDeliveries", "1h", "Storage:KeepDeliveries: \"1h\" is out of range. Use 1d to 366d.")]
    [InlineData("Storage:KeepBackups", "0", "Storage:KeepBackups: \"0\" is out of range. Use 1 to 1000.")]
    public void A_setting_out_of_range_says_what_to_write(string key, string value, string message) =>
        Assert.Equal(message, Assert.Throws<SettingException>(() => Services((key, value))).Message);

    private static ServiceProvider Services(params (string Key, string Value)[] settings) => new ServiceCollection()
        .AddMaintenance(new ConfigurationBuilder().AddInMemoryCollection(settings.ToDictionary(setting => setting.Key, setting => (string?)setting.Value)).Build())
        .BuildServiceProvider();
}
