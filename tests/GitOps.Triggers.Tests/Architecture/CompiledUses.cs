using Mono.Cecil;
using Mono.Cecil.Cil;

namespace GitOps.Triggers.Tests.Architecture;

/// <summary>Which folder's code uses which other folder, read from the compiled program: from symbols, so that no alias or inferred type hides a use.</summary>
internal static class CompiledUses
{
    private const string Root = "GitOps.Triggers.";

    /// <returns>(from, to) and, for the message, the type and the member where it was seen first.</returns>
    public static IReadOnlyDictionary<(string From, string To), string> Read(string assembly)
    {
        using var module = ModuleDefinition.ReadModule(assembly);
        var uses = new Dictionary<(string, string), string>();
        foreach (var type in module.GetTypes())
        {
            if (FolderOf(type) is not { } from)
                continue;
            foreach (var (used, where) in Used(type))
            {
                if (FolderOf(used) is { } to && to != from)
                    uses.TryAdd((from, to), $"{where} uses {used.FullName}");
            }
        }
        return uses;
    }

    private static IEnumerable<(TypeReference Used, string Where)> Used(TypeDefinition type)
    {
        var declared = type.Interfaces.Select(one => one.InterfaceType).Concat(type.Fields.Select(field => field.FieldType));
        if (type.BaseType is { } parent)
            declared = declared.Prepend(parent);
        foreach (var used in declared.SelectMany(Parts))
            yield return (used, type.FullName);
        foreach (var method in type.Methods)
        {
            foreach (var used in Used(method).SelectMany(Parts))
                yield return (used, $"{type.FullName}.{method.Name}");
        }
    }

    private static IEnumerable<TypeReference> Used(MethodDefinition method)
    {
        yield return method.ReturnType;
        foreach (var parameter in method.Parameters)
            yield return parameter.ParameterType;
        if (!method.HasBody)
            yield break;
        foreach (var variable in method.Body.Variables)
            yield return variable.VariableType;
        foreach (var used in method.Body.Instructions.SelectMany(Used))
            yield return used;
    }

    private static IEnumerable<TypeReference> Used(Instruction instruction) => instruction.Operand switch
    {
        TypeReference type => [type],
        GenericInstanceMethod method => [method.DeclaringType, .. method.GenericArguments],
        MethodReference method => [method.DeclaringType],
        FieldReference field => [field.DeclaringType],
        _ => [],
    };

    private static IEnumerable<TypeReference> Parts(TypeReference type) => type switch
    {
        GenericInstanceType generic => [generic.ElementType, .. generic.GenericArguments.SelectMany(Parts)],
        TypeSpecification wrapped => Parts(wrapped.ElementType),
        _ => [type],
    };

    private static string? FolderOf(TypeReference type)
    {
        while (type.DeclaringType is { } outer)
            type = outer;
        return type.Namespace.StartsWith(Root, StringComparison.Ordinal) ? type.Namespace[Root.Length..].Split('.')[0] : null;
    }
}
