using System.Globalization;

namespace Skytale.Mls.Tests.Validation;

/// <summary>Holds docs/mls/validation/faults.md to the tests that carry <see cref="FaultAttribute"/>.</summary>
public sealed class FaultTableTests
{
    [Fact]
    public void Every_fault_names_exactly_the_tests_that_would_find_it()
    {
        var declared = DeclaredTests.With<FaultAttribute>().ToLookup(test => test.Attribute.Item, test => test.Test);
        var rows = File.ReadAllLines(Path.Combine(ValidationTable.Folder, "validation", "faults.md"))
            .Select(line => line.Trim('|').Split('|').Select(cell => cell.Trim()).ToArray())
            .Where(cells => cells.Length == 3 && int.TryParse(cells[0], CultureInfo.InvariantCulture, out _))
            .ToArray();
        rows.Select(cells => int.Parse(cells[0], CultureInfo.InvariantCulture)).ShouldBe(Enumerable.Range(1, 35));
        foreach (var cells in rows)
        {
            var item = int.Parse(cells[0], CultureInfo.InvariantCulture);
            var tests = cells[2].Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
            tests.ShouldNotBeEmpty($"fault {item}: {cells[1]}");
            tests.ShouldBe(declared[item], ignoreOrder: true, $"fault {item}: {cells[1]}");
        }
    }
}
