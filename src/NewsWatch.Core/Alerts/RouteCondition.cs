namespace NewsWatch.Core.Alerts;

/// <summary>A condition of a route: comparisons joined by AND, e.g. <c>severity = flash AND label.desk = risk</c>.</summary>
public sealed record RouteCondition(string Text)
{
}
