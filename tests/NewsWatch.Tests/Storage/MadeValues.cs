using System.Linq.Expressions;
using System.Reflection;
using NewsWatch.Storage.Archive;
using NewsWatch.Storage.Work;
using NewsWatch.Tests.Support;

namespace NewsWatch.Tests.Storage;

/// <summary>Makes a value of any type that a store takes.</summary>
/// <param name="isFilled">What may be missing is there, and lists have one entry; else all that may be is left out.</param>
internal sealed class MadeValues(bool isFilled)
{
    private const int MaxDepth = 12;
    private int _depth;

    /// <summary>A value of this type: 1, "1", true or false, and records of such.</summary>
    public object? Of(Type type)
    {
        if (_depth > MaxDepth)
        {
            return null;
        }

        _depth++;
        try
        {
            return Nullable.GetUnderlyingType(type) is { } inner ? (isFilled ? Of(inner) : null) : Simple(type) ?? Listed(type) ?? Composed(type);
        }
        finally
        {
            _depth--;
        }
    }

    private object? Simple(Type type) => type switch
    {
        _ when type == typeof(string) => "1",
        _ when type == typeof(bool) => isFilled,
        _ when type == typeof(DateTimeOffset) => Rows.Now,
        _ when type == typeof(DateOnly) => DateOnly.FromDateTime(Rows.Now.Date),
        _ when type == typeof(TimeOnly) => new TimeOnly(9, 0),
        _ when type == typeof(TimeSpan) => TimeSpan.FromHours(1),
        _ when type == typeof(Uri) => new Uri("https://x.example.com/"),
        _ when type == typeof(TimeZoneInfo) => TimeZoneInfo.Utc,
        _ when type == typeof(byte[]) => PackedText.Pack("x"),
        _ when type == typeof(ReadOnlyMemory<byte>) => new ReadOnlyMemory<byte>([1]),
        _ when type == typeof(Leases) => Background.NewProcess(),
        _ when type == typeof(object) => "1",
        _ when type.IsEnum => Enum.GetValues(type).GetValue(0),
        _ when type.IsPrimitive => Convert.ChangeType(1, type, System.Globalization.CultureInfo.InvariantCulture),
        _ when type.IsAssignableTo(typeof(Delegate)) => Function(type),
        _ => null,
    };

    private object? Listed(Type type)
    {
        if (type.IsArray)
        {
            return Array(type.GetElementType()!);
        }

        var arguments = type.IsGenericType ? type.GetGenericArguments() : [];
        if (arguments is [var element] && type.IsAssignableFrom(element.MakeArrayType()))
        {
            return Array(element);
        }

        foreach (var kind in new[] { typeof(List<>), typeof(HashSet<>), typeof(Dictionary<,>) }.Where(kind => kind.GetGenericArguments().Length == arguments.Length))
        {
            if (arguments.Length > 0 && kind.MakeGenericType(arguments) is var made && type.IsAssignableFrom(made))
            {
                return Activator.CreateInstance(made);
            }
        }

        return null;
    }

    private Array Array(Type element)
    {
        var array = System.Array.CreateInstance(element, isFilled ? 1 : 0);
        if (array.Length > 0)
        {
            array.SetValue(Of(element), 0);
        }

        return array;
    }

    private object? Composed(Type type)
    {
        if (type.IsAbstract)
        {
            return type.Assembly.GetTypes().FirstOrDefault(heir => !heir.IsAbstract && heir.IsAssignableTo(type)) is { } heir ? Of(heir) : null;
        }

        var constructor = type.GetConstructors(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic)
            .Where(one => one.GetParameters() is not [{ ParameterType: var only }] || only != type).OrderByDescending(one => one.GetParameters().Length).FirstOrDefault();
        var made = constructor is null ? Activator.CreateInstance(type)! : constructor.Invoke([.. constructor.GetParameters().Select(parameter => Of(parameter.ParameterType))]);
        foreach (var property in type.GetProperties().Where(property => property.CanWrite && property.GetIndexParameters().Length == 0 && property.GetValue(made) is null))
        {
            property.SetValue(made, Of(property.PropertyType));
        }

        return made;
    }

    private Delegate Function(Type type)
    {
        var signature = type.GetMethod("Invoke")!;
        var result = signature.ReturnType == typeof(void) ? Expression.Empty() : (Expression)Expression.Constant(Of(signature.ReturnType), signature.ReturnType);
        return Expression.Lambda(type, result, signature.GetParameters().Select(parameter => Expression.Parameter(parameter.ParameterType))).Compile();
    }
}
