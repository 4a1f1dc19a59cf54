namespace NewsWatch.Core.Rules;

/// <summary>A watch rule's queries, parsed: it fires where <paramref name="When"/> matches and <paramref name="Unless"/> does not.</summary>
public sealed record Rule(string Id, Query When, Query? Unless);
