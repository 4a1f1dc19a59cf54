using NewsWatch.Core.Alerts;

namespace NewsWatch.Core.Tests.Alerts;

public sealed class BundleNameTests
{
    private static readonly Subscriber Sleeper = Some.Anna with { QuietHours = new(new(11, 0), new(13, 0), Severity.Flash) };

    [Fact]
    public void The_cause_of_every_message_with_several_alerts_is_read_from_its_name()
    {
        Assert.Equal(BundleCause.QuietHours, Cause(Sleeper, Handling.AtOnce));
        Assert.Equal(BundleCause.Digest, Cause(Some.Anna, Handling.AtOnce with { Digest = [new(18, 0)] }));
        Assert.Equal(BundleCause.Group, Cause(Some.Anna, Handling.AtOnce with { GroupBy = GroupBy.Story }));
        Assert.Equal(BundleCause.Overflow, Cause(Some.Anna with { Cap = new(0, TimeSpan.FromHours(1)) }, Handling.AtOnce));
    }

    private static BundleCause Cause(Subscriber subscriber, Handling handling) => BundleName.CauseOf(
        ((DeliveryPlan.Planned)DeliveryPolicy.Decide(Some.Alert, new(subscriber, "mail", handling, Wanted: true), SubscriberState.Fresh, Some.Noon)).Bundle!);
}
