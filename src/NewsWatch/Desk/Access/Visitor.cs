namespace NewsWatch.Desk.Access;

/// <summary>What somebody may see on the desk.</summary>
public enum Role
{
    /// <summary>Every page; people's addresses are masked.</summary>
    Viewer,

    /// <summary>Everything.</summary>
    Operator,
}

/// <summary>Who asks for a page.</summary>
/// <param name="Name">What the record of acts calls them: the name that they gave, or how they came in.</param>
/// <param name="SignedIn">True with a session that can be ended; false for a program's token, and for anybody on this machine where no token is set.</param>
public sealed record Visitor(Role Role, string Name, bool SignedIn)
{
    /// <summary>Graphemes of a name that are kept.</summary>
    public const int MaxName = 40;

    /// <summary>Who sends a token instead of signing in.</summary>
    public const string Program = "a program";

    /// <summary>Anybody on this machine, where no sign-in is set.</summary>
    public const string ThisMachine = "this machine";

    /// <summary>True if the name says more than the role does.</summary>
    public bool IsPerson => Name is not ("operator" or "viewer" or Program or ThisMachine);

    /// <summary>True if they may change the state of the service.</summary>
    public bool MayAct => Role == Role.Operator;

    /// <summary>An address of a person as this visitor may see it: a viewer sees its first letter and its host.</summary>
    public string Address(string email) =>
        Role == Role.Operator ? email : email.LastIndexOf('@') is > 0 and var at ? $"{email[0]}…{email[at..]}" : "…";

    /// <summary>A subscriber's id, or an operator's address, as this visitor may see it.</summary>
    public string Recipient(string name) => name.Contains('@', StringComparison.Ordinal) ? Address(name) : name;
}
