using System.Reflection;
using System.Text.RegularExpressions;
using NewsWatch.Core.Text;

namespace NewsWatch.Core.Tests.Text;

public class RegexLimitTests
{
    [Fact]
    public void No_pattern_gives_up_because_the_machine_is_busy()
    {
        var patterns = typeof(RegexLimit).Assembly.GetTypes()
            .SelectMany(type => type.GetMethods(BindingFlags.Static | BindingFlags.NonPublic | BindingFlags.Public | BindingFlags.DeclaredOnly))
            .Select(method => (Name: $"{method.DeclaringType!.Name}.{method.Name}", Pattern: method.GetCustomAttribute<GeneratedRegexAttribute>()))
            .Where(pattern => pattern.Pattern is not null)
            .ToList();

        Assert.NotEmpty(patterns);
        Assert.Empty(patterns.Where(pattern => pattern.Pattern!.MatchTimeoutMilliseconds is > 0 and < RegexLimit.Milliseconds).Select(pattern => pattern.Name));
    }
}
