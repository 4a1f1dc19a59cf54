namespace NewsWatch.Core.Voices.Dates;

/// <summary>What a word says about time; the kinds of the lines in <c>Dates/Words</c>.</summary>
internal enum TimeWord : byte
{
    None,

    /// <summary>1 is Monday.</summary>
    Weekday,

    Month,

    /// <summary>So many days from today.</summary>
    Day,

    /// <summary>A <see cref="TimeUnit"/>.</summary>
    Unit,

    Number,
    Ordinal,
    Next,

    /// <summary>"This coming".</summary>
    Coming,

    Last,
    This,

    /// <summary>Behind an amount: so long before now.</summary>
    Ago,

    /// <summary>In front of an amount: so long before now ("vor", "il y a").</summary>
    Before,

    /// <summary>In front of an amount: so long after now.</summary>
    In,

    Within,

    /// <summary>"A week from Friday".</summary>
    From,

    /// <summary>Behind an amount: so long after now.</summary>
    FromNow,

    End,

    /// <summary>The end of a year by itself.</summary>
    Edge,

    Mid,
    StartOf,
    Season,

    /// <summary>A holiday of <see cref="Holidays"/>.</summary>
    Holiday,

    Noon,
    Midnight,
    Am,
    Pm,

    /// <summary>In front of a clock time.</summary>
    At,

    /// <summary>Behind the hours of a clock time.</summary>
    ClockUnit,

    /// <summary>A part of the day.</summary>
    Part,

    /// <summary>Nights, mornings: what happens on such is no single day.</summary>
    Parts,

    /// <summary>In front of a day, without weight: "early Monday".</summary>
    Early,

    /// <summary>May stand between the parts of a date.</summary>
    Of,

    The,

    /// <summary>Behind a clock time: by the clock of the place.</summary>
    Local,

    /// <summary>Shows that a month's name is a month.</summary>
    Preposition,

    /// <summary>Looks like a date and is none.</summary>
    Name,

    /// <summary>Makes a weekday a habit.</summary>
    Every,
}

/// <summary>Units that amounts of time are given in.</summary>
internal enum TimeUnit : byte
{
    None,
    Hour,
    Day,
    Week,
    Month,
    Quarter,
    Year,
    Weekend,
    Minute,
}
