using System.Reflection;
using System.Runtime.CompilerServices;
using System.Xml.Linq;

namespace Skytale.Tests.Sdk.PublicApi;

/// <summary>The docstrings of an assembly, from the file that the compiler writes.</summary>
internal sealed class Docstrings
{
    private readonly Dictionary<string, int> _counts;
    private readonly HashSet<string> _parameters;

    public Docstrings(string xml)
    {
        var members = XDocument.Parse(xml).Descendants("member").Where(member => member.HasElements).ToList();
        _counts = members.GroupBy(member => WithoutParameters(member.Attribute("name")!.Value), StringComparer.Ordinal).ToDictionary(group => group.Key, group => group.Count(), StringComparer.Ordinal);
        _parameters = [.. from member in members from parameter in member.Elements("param") select $"{member.Attribute("name")!.Value[2..]}.{parameter.Attribute("name")!.Value}"];
    }

    public static Docstrings Of(string path) => new(File.ReadAllText(path));

    /// <summary>Whether a member has one. Overloads count together: as many docstrings as there are overloads.</summary>
    public bool Has(MemberInfo member)
    {
        var type = (member as Type ?? member.DeclaringType!).FullName!.Replace('+', '.');
        var isRecord = (member.DeclaringType ?? typeof(object)).GetMethod("<Clone>$") is not null;
        return member switch
        {
            Type => Count($"T:{type}") > 0,
            // A constructor that has nothing to say, and that of a record or a primary one, which the type's docstring tells of.
            ConstructorInfo constructor => constructor.GetParameters().Length == 0 || constructor.IsFamily || Count($"M:{type}.#ctor") > 0 || constructor.GetParameters().All(parameter => _parameters.Contains($"{type}.{parameter.Name}")) || isRecord || constructor.IsDefined(typeof(CompilerGeneratedAttribute)) || Count($"T:{type}") > 0,
            MethodInfo method => Count($"M:{type}.{method.Name}") >= member.DeclaringType!.GetMember(method.Name).Length || Overrides(method) || method.Name is "DisposeAsync" or "Dispose" or "PrintMembers",
            PropertyInfo => Count($"P:{type}.{member.Name}") > 0 || _parameters.Contains($"{type}.{member.Name}"),
            FieldInfo => Count($"F:{type}.{member.Name}") > 0,
            EventInfo => Count($"E:{type}.{member.Name}") > 0,
            _ => false,
        };
    }

    private static bool Overrides(MethodInfo method) => method.GetBaseDefinition() != method;

    private int Count(string name) => _counts.GetValueOrDefault(name);

    private static string WithoutParameters(string name)
    {
        var bare = name.Split('(')[0].Split('~')[0];
        var generic = bare.IndexOf("``", StringComparison.Ordinal);
        return generic < 0 ? bare : bare[..generic];
    }
}
