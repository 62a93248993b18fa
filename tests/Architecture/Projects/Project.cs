using System.Xml.Linq;

namespace Skytale.Architecture.Tests.Projects;

/// <summary>What a project file under src says.</summary>
/// <param name="Name">The file's name without extension.</param>
/// <param name="Folder">Relative to the root.</param>
/// <param name="AssemblyName">What it is built into.</param>
/// <param name="References">Names of the projects that it references.</param>
/// <param name="Packages">Ids of the packages and frameworks that it references.</param>
internal sealed record Project(string Name, string Folder, string AssemblyName, IReadOnlyList<string> References, IReadOnlyList<string> Packages)
{
    private static readonly Lazy<IReadOnlyDictionary<string, Project>> Source = new(() =>
        Repository.Files("src", "*.csproj")
            .Select(file => Parse(Path.GetFileNameWithoutExtension(file), Path.GetDirectoryName(file)!, File.ReadAllText(Repository.At(file))))
            .ToDictionary(project => project.Name));

    /// <summary>Every project under src, by name.</summary>
    public static IReadOnlyDictionary<string, Project> All => Source.Value;

    /// <summary>The built assembly's path.</summary>
    public string Assembly => Repository.AssemblyOf(Name, AssemblyName);

    /// <summary>This project and all that it pulls in.</summary>
    public IReadOnlyCollection<Project> Closure(IReadOnlyDictionary<string, Project> projects)
    {
        var found = new Dictionary<string, Project>();
        Visit(this);
        return found.Values;

        void Visit(Project project)
        {
            if (!found.TryAdd(project.Name, project))
                return;
            foreach (var reference in project.References)
                Visit(projects[reference]);
        }
    }

    public static Project Parse(string name, string folder, string xml)
    {
        var root = XDocument.Parse(xml).Root!;
        var packages = Values(root, "PackageReference").Concat(Values(root, "FrameworkReference")).ToList();
        if (root.Attribute("Sdk")?.Value == "Microsoft.NET.Sdk.Web")
            packages.Add("Microsoft.AspNetCore.App");
        return new Project(
            name,
            folder,
            root.Descendants("AssemblyName").SingleOrDefault()?.Value ?? name,
            [.. Values(root, "ProjectReference").Select(path => Path.GetFileNameWithoutExtension(path.Replace('\\', '/')))],
            packages);
    }

    private static IEnumerable<string> Values(XElement root, string item) => root.Descendants(item).Select(element => element.Attribute("Include")?.Value).OfType<string>();
}
