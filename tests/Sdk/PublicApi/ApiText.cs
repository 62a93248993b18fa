using System.Reflection;
using System.Text;

namespace Skytale.Tests.Sdk.PublicApi;

/// <summary>What an assembly shows to others, as text: a line a type, a line a member, in an order that does not change.</summary>
internal static class ApiText
{
    private const BindingFlags Declared = BindingFlags.DeclaredOnly | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static;

    public static string Of(Assembly assembly)
    {
        var text = new StringBuilder();
        foreach (var type in TypesOf(assembly))
        {
            text.Append(KindOf(type)).Append(' ').Append(NameOf(type));
            var above = type.GetInterfaces().Select(NameOf).Order(StringComparer.Ordinal);
            if (type.BaseType is { } parent && parent != typeof(object) && parent != typeof(ValueType) && parent != typeof(Enum))
                above = above.Prepend(NameOf(parent)).Order(StringComparer.Ordinal);
            text.Append(above.Any() ? $" : {string.Join(", ", above)}" : "").Append('\n');
            foreach (var member in MembersOf(type).Select(Line).Order(StringComparer.Ordinal))
                text.Append("  ").Append(member).Append('\n');
        }
        return text.ToString();
    }

    public static IEnumerable<Type> TypesOf(Assembly assembly) => assembly.GetExportedTypes().OrderBy(type => type.FullName, StringComparer.Ordinal);

    /// <summary>Public and protected members that somebody wrote, but accessors and what records are given by the compiler.</summary>
    public static IEnumerable<MemberInfo> MembersOf(Type type) => type.GetMembers(Declared).Where(member => member switch
    {
        _ when member.IsDefined(typeof(System.Runtime.CompilerServices.CompilerGeneratedAttribute)) && member is MethodBase => false,
        FieldInfo field => IsShown(field) && !field.IsSpecialName,
        MethodInfo method => IsShown(method) && (!method.IsSpecialName || method.Name.StartsWith("op_", StringComparison.Ordinal)),
        ConstructorInfo constructor => IsShown(constructor),
        PropertyInfo property => (property.GetMethod ?? property.SetMethod) is { } accessor && IsShown(accessor),
        EventInfo happening => happening.AddMethod is { } add && IsShown(add),
        _ => false, // Nested types have lines of their own.
    });

    private static bool IsShown(MethodBase method) => method.IsPublic || method.IsFamily || method.IsFamilyOrAssembly;

    private static bool IsShown(FieldInfo field) => field.IsPublic || field.IsFamily || field.IsFamilyOrAssembly;

    private static string Line(MemberInfo member) => member switch
    {
        FieldInfo { IsLiteral: true } constant => $"{constant.Name} = {constant.GetRawConstantValue() ?? "null"}",
        FieldInfo field => $"{Static(field.IsStatic)}{NameOf(field.FieldType)} {field.Name}",
        PropertyInfo property => $"{Static((property.GetMethod ?? property.SetMethod)!.IsStatic)}{NameOf(property.PropertyType)} {property.Name} {{ {Accessor(property.GetMethod, "get")}{Accessor(property.SetMethod, IsInit(property) ? "init" : "set")}}}",
        EventInfo happening => $"event {NameOf(happening.EventHandlerType!)} {happening.Name}",
        ConstructorInfo constructor => $"new({Parameters(constructor)})",
        MethodInfo method => $"{Static(method.IsStatic)}{NameOf(method.ReturnType)} {method.Name}{(method.IsGenericMethod ? $"<{string.Join(", ", method.GetGenericArguments().Select(NameOf))}>" : "")}({Parameters(method)})",
        _ => throw new ArgumentOutOfRangeException(nameof(member)),
    };

    private static string Static(bool isStatic) => isStatic ? "static " : "";

    private static string Accessor(MethodInfo? accessor, string word) => accessor is not null && IsShown(accessor) ? $"{word}; " : "";

    private static bool IsInit(PropertyInfo property) => property.SetMethod?.ReturnParameter.GetRequiredCustomModifiers().Contains(typeof(System.Runtime.CompilerServices.IsExternalInit)) == true;

    private static string Parameters(MethodBase method) =>
        string.Join(", ", method.GetParameters().Select(parameter => $"{NameOf(parameter.ParameterType)} {parameter.Name}{(parameter.HasDefaultValue ? " = " + (parameter.RawDefaultValue ?? "default") : "")}"));

    private static string KindOf(Type type) =>
        type.IsEnum ? "enum" : type.IsInterface ? "interface" : type.IsValueType ? "struct" : typeof(Delegate).IsAssignableFrom(type) ? "delegate" : type.IsAbstract && type.IsSealed ? "static class" : type.IsAbstract ? "abstract class" : type.IsSealed ? "sealed class" : "class";

    private static string NameOf(Type type)
    {
        if (type.IsByRef)
            return $"ref {NameOf(type.GetElementType()!)}";
        if (type.IsArray)
            return $"{NameOf(type.GetElementType()!)}[]";
        if (type.IsGenericParameter)
            return type.Name;
        var name = type.IsNested ? $"{NameOf(type.DeclaringType!)}.{type.Name}" : type.Namespace is "System" ? type.Name : $"{type.Namespace}.{type.Name}";
        return type.IsGenericType && name.Contains('`') ? $"{name[..name.LastIndexOf('`')]}<{string.Join(", ", type.GetGenericArguments().Select(NameOf))}>" : name;
    }
}
