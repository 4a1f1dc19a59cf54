namespace NewsWatch.Bench.Faults;

/// <summary>Reads the inputs that a manifest lists, and says which do not give what it says is right.</summary>
internal static class FaultsVerb
{
    public static Verb Verb { get; } = new("DIR [KIND...]", "inputs of DIR/manifest.json: a line for each that falls short of what it says, then the counts", Run);

    private static Task<int> Run(string[] args)
    {
        var inputs = FaultInput.Load(args[0]).Where(input => args.Length == 1 || args.AsSpan(1).Contains(input.Kind)).ToList();
        var (right, words) = (0, new List<FaultInput>());
        foreach (var input in inputs)
        {
            switch (FaultReading.Of(input) is { } read ? FaultCheck.Failings(input, read) : null)
            {
                case null:
                    words.Add(input);
                    break;
                case []:
                    right++;
                    break;
                case var failings:
                    Console.WriteLine($"short  {input.File}: {string.Join("; ", failings)}");
                    break;
            }
        }

        foreach (var input in words)
        {
            Console.WriteLine($"look   {input.File}: {input.Expected}; came {FaultReading.Of(input) switch { null => "not read", var read => $"\"{read.Show("title")}\", {read.Items} items, {read.Show("text")}" }}");
        }

        Console.WriteLine($"{inputs.Count} inputs: {right} right, {inputs.Count - right - words.Count} short, {words.Count} for a person to look at");
        return Task.FromResult(right + words.Count == inputs.Count ? 0 : 1);
    }
}
