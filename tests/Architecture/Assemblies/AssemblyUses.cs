using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;

namespace Skytale.Architecture.Tests.Assemblies;

/// <summary>That a type of an assembly uses another type, or one of its members.</summary>
/// <param name="By">Full name of the outermost type that uses it; its lambdas and state machines count as its own.</param>
/// <param name="Type">Full name of the used type, of this assembly or another.</param>
/// <param name="Member">The used member's name, or null for the type as such.</param>
internal sealed record Use(string By, string Type, string? Member)
{
    public override string ToString() => Member is null ? $"{By} uses {Type}" : $"{By} uses {Type}.{Member}";
}

/// <summary>Reads from a compiled assembly what each of its types uses: in signatures, fields, base types and method bodies.</summary>
internal sealed class AssemblyUses
{
    private readonly MetadataReader _metadata;
    private readonly PEReader _image;
    private readonly HashSet<Use> _uses = [];
    private readonly TypeCollector _types;
    private string _by = "";

    private AssemblyUses(PEReader image)
    {
        _image = image;
        _metadata = image.GetMetadataReader();
        _types = new TypeCollector(name => _uses.Add(new Use(_by, name, null)));
    }

    public static IReadOnlyCollection<Use> Read(string path)
    {
        using var image = new PEReader(File.OpenRead(path));
        var reading = new AssemblyUses(image);
        foreach (var handle in reading._metadata.TypeDefinitions)
            reading.ReadType(handle);
        return reading._uses;
    }

    /// <summary>Full names of the types that an assembly defines.</summary>
    public static IReadOnlyCollection<string> TypesIn(string path)
    {
        using var image = new PEReader(File.OpenRead(path));
        var metadata = image.GetMetadataReader();
        return [.. metadata.TypeDefinitions.Select(handle => TypeCollector.NameOf(metadata, handle))];
    }

    private void ReadType(TypeDefinitionHandle handle)
    {
        var type = _metadata.GetTypeDefinition(handle);
        _by = TypeCollector.NameOf(_metadata, TypeCollector.Outermost(_metadata, handle));
        Add(type.BaseType);
        foreach (var implementation in type.GetInterfaceImplementations())
            Add(_metadata.GetInterfaceImplementation(implementation).Interface);
        foreach (var field in type.GetFields())
            _metadata.GetFieldDefinition(field).DecodeSignature(_types, null);
        foreach (var parameter in type.GetGenericParameters())
        {
            foreach (var constraint in _metadata.GetGenericParameter(parameter).GetConstraints())
                Add(_metadata.GetGenericParameterConstraint(constraint).Type);
        }
        foreach (var method in type.GetMethods())
            ReadMethod(_metadata.GetMethodDefinition(method));
    }

    private void ReadMethod(MethodDefinition method)
    {
        method.DecodeSignature(_types, null);
        if (method.RelativeVirtualAddress == 0)
            return;
        var body = _image.GetMethodBody(method.RelativeVirtualAddress);
        if (!body.LocalSignature.IsNil)
            _metadata.GetStandaloneSignature(body.LocalSignature).DecodeLocalSignature(_types, null);
        foreach (var region in body.ExceptionRegions)
            Add(region.CatchType);
        foreach (var token in Instructions.Tokens(body.GetILReader()))
            Add(MetadataTokens.EntityHandle(token));
    }

    private void Add(EntityHandle handle)
    {
        if (handle.IsNil)
            return;
        switch (handle.Kind)
        {
            case HandleKind.TypeReference:
                _types.GetTypeFromReference(_metadata, (TypeReferenceHandle)handle, 0);
                break;
            case HandleKind.TypeDefinition:
                _types.GetTypeFromDefinition(_metadata, (TypeDefinitionHandle)handle, 0);
                break;
            case HandleKind.TypeSpecification:
                _metadata.GetTypeSpecification((TypeSpecificationHandle)handle).DecodeSignature(_types, null);
                break;
            case HandleKind.MemberReference:
                AddMember(_metadata.GetMemberReference((MemberReferenceHandle)handle));
                break;
            case HandleKind.MethodSpecification:
                var generic = _metadata.GetMethodSpecification((MethodSpecificationHandle)handle);
                Add(generic.Method);
                generic.DecodeSignature(_types, null);
                break;
            case HandleKind.StandaloneSignature:
                _metadata.GetStandaloneSignature((StandaloneSignatureHandle)handle).DecodeMethodSignature(_types, null);
                break;
        }
    }

    private void AddMember(MemberReference member)
    {
        Add(member.Parent);
        if (member.GetKind() == MemberReferenceKind.Method)
            member.DecodeMethodSignature(_types, null);
        else
            member.DecodeFieldSignature(_types, null);
        if (member.Parent.Kind == HandleKind.TypeReference)
            _uses.Add(new Use(_by, TypeCollector.NameOf(_metadata, (TypeReferenceHandle)member.Parent), _metadata.GetString(member.Name)));
    }
}
