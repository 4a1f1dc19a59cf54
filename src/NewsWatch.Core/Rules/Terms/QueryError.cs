namespace NewsWatch.Core.Rules.Terms;

/// <summary>One thing that is wrong with a query.</summary>
/// <param name="Offset">UTF-16 offset into the query text, for the caret.</param>
/// <param name="Length">Length of the place, at least 1.</param>
/// <param name="Message">What is wrong; what to write instead, as in spec: <c>unknown entity @zelenski. Did you mean @zelensky?</c></param>
/// <param name="Nearest">The id of the near name that is proposed (with its @ or #), so that the loader can add where it is defined; or null.</param>
public sealed record QueryError(int Offset, int Length, string Message, string? Nearest = null);
